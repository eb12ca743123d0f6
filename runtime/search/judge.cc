#include "runtime/search/judge.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "runtime/search/violation.h"

namespace octet::search {
namespace {

using End = Result::End;

std::string quoted(const std::string& name) {
  return "\"" + name + "\"";
}

bool is_met(const Model::Condition& condition, std::string_view kind, const Snapshot& snapshot) {
  return guarded([&] { return condition.is_met(snapshot); },
                 [&] { return "the " + std::string(kind) + " " + quoted(condition.name); });
}

}  // namespace

Judge::Judge(Catalogue& catalogue, const Bounds& bounds, Result& result)
    : catalogue_(catalogue),
      bounds_(bounds),
      result_(result),
      unreached_(catalogue.model.goals.size()) {
  for (const auto& goal : catalogue.model.goals) result_.goals.push_back({.name = goal.name});
}

Verdict Judge::meet(const WorldState& state, std::size_t depth) {
  if (result_.states == bounds_.max_states) return {.end = End::max_states};
  count(depth);
  return decide(state, [&](const Snapshot& snapshot) -> Verdict {
    if (is_broken(snapshot)) return {.end = End::violation};
    if (unreached_ > 0) {
      note_goals(snapshot, depth);
      if (bounds_.until_goals && unreached_ == 0) return {.end = End::goals};
    }
    return {.is_pruned = is_pruned(snapshot)};
  });
}

Verdict Judge::meet_again(const WorldState& state) {
  return decide(state, [&](const Snapshot& snapshot) -> Verdict {
    return {.is_pruned = is_pruned(snapshot)};
  });
}

template <class Decide>
Verdict Judge::decide(const WorldState& state, Decide decide) {
  try {
    return decide(Snapshot(catalogue_, state));
  } catch (const Violation& violation) {
    result_.violation = violation.what();
    return {.end = End::violation};
  }
}

void Judge::count(std::size_t depth) {
  ++result_.states;
  result_.depth = std::max(result_.depth, depth);
  result_.states_by_depth.resize(result_.depth + 1);
  ++result_.states_by_depth[depth];
}

bool Judge::is_broken(const Snapshot& snapshot) {
  for (const auto& invariant : catalogue_.model.invariants) {
    const std::string broken = guarded([&] { return invariant.broken(snapshot); },
                                       [&] { return "the invariant " + quoted(invariant.name); });
    if (broken.empty()) continue;
    result_.violation = quoted(invariant.name) + " does not hold: " + broken;
    return true;
  }
  return false;
}

void Judge::note_goals(const Snapshot& snapshot, std::size_t depth) {
  for (std::size_t i = 0; i < result_.goals.size(); ++i) {
    Result::Goal& goal = result_.goals[i];
    if (goal.reached || !is_met(catalogue_.model.goals[i], "goal", snapshot)) continue;
    goal.reached = true;
    goal.depth = depth;
    --unreached_;
  }
}

bool Judge::is_pruned(const Snapshot& snapshot) const {
  const auto& prunes = catalogue_.model.prunes;
  return std::any_of(prunes.begin(), prunes.end(), [&](const Model::Condition& prune) {
    return is_met(prune, "prune", snapshot);
  });
}

}  // namespace octet::search
