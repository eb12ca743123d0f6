#pragma once

#include <functional>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/guard.h"
#include "graders/dsl/world/simulate.h"
#include "runtime/sim/world.h"

namespace octet::grading {

/// Plays a scenario in each of many small cases. Untraced, so that hundreds cost no time; the first
/// case that fails is simulated, which explains it and ends the test.
template <class Case, class Play>
void simulate_each(const sim::WorldOptions& options, const std::vector<Case>& cases, Play play) {
  const auto simulate_one = [&](const Case& one) {
    simulate({.options = options}, [&](sim::World& world) { play(world, one); });
  };
  simulate_one(cases.front());
  for (const Case& one : cases) {
    sim::World world(seed(), options);
    guarded([&](sim::World& raw) { play(raw, one); })(world);
    if (!world.failure().empty()) simulate_one(one);
  }
}

}  // namespace octet::grading
