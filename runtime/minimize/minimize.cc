#include "runtime/minimize/minimize.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include "runtime/minimize/ddmin.h"

namespace octet {
namespace {

using sim::Fault;
using sim::Plan;

class Minimizer {
 public:
  Minimizer(const Experiment& experiment, std::size_t most_runs)
      : experiment_(experiment), options_(experiment.options), most_runs_(most_runs) {
    options_.trace = false;
  }

  Minimized run(const Plan& plan) {
    Minimized result;
    // The first run draws the fates of messages; its plan has them as faults.
    sim::World world(experiment_.seed, options_);
    world.apply(plan);
    experiment_.play(world);
    if (world.failure().empty()) return result;
    property_ = result.property = world.property();
    failure_ = world.failure();
    result.plan = world.faults();
    result.faults_before = result.plan.size();
    options_.network.loss = options_.network.duplication = options_.network.long_delay = 0;
    result.is_repeatable = fails(result.plan);
    if (result.is_repeatable) {
      result.plan = simplest(without_kinds(std::move(result.plan)));
      result.is_minimal = runs_ < most_runs_;
    }
    result.failure = failure_;
    result.runs = runs_;
    result.options = options_;
    return result;
  }

 private:
  /// The same property, not just any. The last failure is that of the smallest plan.
  bool fails(const Plan& plan) {
    if (runs_ >= most_runs_) return false;
    ++runs_;
    sim::World world(experiment_.seed, options_);
    world.apply(plan);
    experiment_.play(world);
    const bool same = world.property() == property_ && !world.failure().empty();
    if (same) failure_ = world.failure();
    return same;
  }

  Plan without_kinds(Plan plan) {
    std::set<Fault::Kind> kinds;
    for (const Fault& fault : plan) kinds.insert(fault.kind);
    for (const Fault::Kind kind : kinds) {
      Plan fewer = plan;
      std::erase_if(fewer, [&](const Fault& fault) { return fault.kind == kind; });
      if (fails(fewer)) plan = std::move(fewer);
    }
    return plan;
  }

  /// Removing makes values simpler to change, and the other way round.
  Plan simplest(Plan plan) {
    for (bool changed = true; changed && runs_ < most_runs_;) {
      const Plan before = plan;
      plan = ddmin<Fault>(std::move(plan), [&](const Plan& some) { return fails(some); });
      for (std::size_t i = 0; i < plan.size(); ++i) simplify(plan, i);
      changed = plan != before;
    }
    return plan;
  }

  void simplify(Plan& plan, std::size_t i) {
    const auto attempt = [&](auto change) {
      Plan simpler = plan;
      change(simpler[i]);
      if (simpler == plan || !fails(simpler)) return false;
      plan = std::move(simpler);
      return true;
    };
    if (is_of_message(plan[i])) return;
    // Round times first: a coarser one is easier to read.
    constexpr std::array<std::int64_t, 4> grains = {1'000'000'000, 100'000'000, 10'000'000,
                                                    1'000'000};
    for (const std::int64_t grain : grains) {
      if (attempt([&](Fault& fault) { fault.at -= fault.at % Duration(grain); })) break;
    }
    for (const std::int64_t grain : grains) {
      const auto round_up = [&](Fault& fault) {
        if (fault.until > fault.at) fault.until += Duration(grain) - fault.until % Duration(grain);
      };
      if (plan[i].until % Duration(grain) == Duration(0) || attempt(round_up)) break;
    }
    while (plan[i].group.size() > 1 && attempt([](Fault& fault) { fault.group.pop_back(); })) {
    }
    for (const std::int64_t grain : grains) {
      const std::int64_t left = plan[i].amount % grain;
      if (left == plan[i].amount) continue;  // it would become nothing, which is for halving
      if (attempt([&](Fault& fault) { fault.amount -= left; })) break;
    }
    while (plan[i].amount != 0 && attempt([](Fault& fault) { fault.amount /= 2; })) {
    }
  }

  const Experiment& experiment_;
  sim::WorldOptions options_;
  std::size_t most_runs_;
  std::size_t runs_ = 0;
  std::string property_;
  std::string failure_;  // of the last run that failed
};

}  // namespace

Minimized minimize(const Experiment& experiment, const Plan& plan, std::size_t most_runs) {
  return Minimizer(experiment, most_runs).run(plan);
}

trace::Trace traced(const Experiment& experiment, const Plan& plan, std::uint64_t max_events,
                    std::uint64_t stop_at) {
  sim::WorldOptions options = experiment.options;
  options.trace = true;
  options.max_events = std::min(options.max_events, max_events);
  options.stop_at = stop_at;
  sim::World world(experiment.seed, options);
  world.apply(plan);
  experiment.play(world);
  trace::Trace trace{.world = "simulator",
                     .seed = experiment.seed,
                     .violation = world.failure(),
                     .nodes = world.ids(),
                     .clients = world.clients(),
                     .end = world.now(),
                     .events = world.trace()};
  if (!world.failure().empty() && !trace.events.empty()) {
    trace.witnesses = {trace.events.size()};
  }
  for (const Fault& fault : plan) trace.plan.push_back(text_of(fault));
  return trace;
}

trace::Trace traced(const Experiment& experiment, const Minimized& smallest,
                    std::uint64_t max_events, std::uint64_t stop_at) {
  return traced({.seed = experiment.seed, .options = smallest.options, .play = experiment.play},
                smallest.plan, max_events, stop_at);
}

std::string Minimized::story() const {
  if (property.empty()) return "nothing failed";
  if (faults_before == 0) return failure;
  std::string text = failure + "\n" + std::to_string(faults_before) + " faults happened; ";
  if (!is_repeatable) {
    return text +
           "with the same ones it does not fail again, so a node does not do the same when it is "
           "told the same";
  }
  if (plan.empty()) return text + "it fails without any of them";
  const std::string count = std::to_string(plan.size());
  text += plan.size() == 1 ? "this one is enough" : "these " + count + " are enough";
  if (plan.size() > 1 && is_minimal) text += ", and none is too many";
  text += ':';
  for (const Fault& fault : plan) text += "\n  - " + text_of(fault);
  return text;
}

}  // namespace octet
