#include "graders/dsl/world/simulate.h"

#include "graders/dsl/graded_test.h"
#include "graders/dsl/report.h"
#include "graders/dsl/world/guard.h"
#include "graders/dsl/world/report_run.h"
#include "runtime/minimize/minimize.h"
#include "runtime/random.h"

namespace octet::grading {
namespace {

std::uint64_t seed_of(std::uint64_t run) {
  return run == 0 ? seed() : mix(mix(seed()) ^ run);
}

sim::Plan plan_of(const Trial& trial, std::uint64_t seed) {
  return trial.storm.nodes.empty() ? sim::Plan() : sim::draw_plan(seed, trial.storm);
}

/// What differs here would make every verdict a matter of luck.
void check_repeats(const Experiment& experiment, const sim::Plan& plan) {
  const trace::Trace first = traced(experiment, plan);
  const trace::Trace second = traced(experiment, plan);
  if (first.events != second.events) report_difference(first, second);
}

void run_once(const Experiment& experiment, const sim::Plan& plan) {
  sim::World world(experiment.seed, experiment.options);
  world.apply(plan);
  experiment.play(world);
  if (!world.failure().empty()) report_failure(experiment, plan, world);
}

}  // namespace

void simulate(const Trial& trial, const std::function<void(sim::World&)>& play) {
  const auto experiment_of = [&](std::uint64_t run) {
    Experiment experiment{.seed = seed_of(run), .options = trial.options, .play = guarded(play)};
    if (report() != nullptr) experiment.options.progress = &report()->progress;
    return experiment;
  };
  for (std::uint64_t run = 0; run < trial.runs; ++run) {
    const Experiment experiment = experiment_of(run);
    const sim::Plan plan = plan_of(trial, experiment.seed);
    if (run == 0) check_repeats(experiment, plan);
    run_once(experiment, plan);
  }
  keep_passing(experiment_of(0), plan_of(trial, seed_of(0)));
}

void simulate_untraced(const sim::WorldOptions& options,
                       const std::function<void(sim::World&)>& play) {
  sim::World world(seed(), options);
  guarded(play)(world);
  if (!world.failure().empty()) fail(world.failure());
}

}  // namespace octet::grading
