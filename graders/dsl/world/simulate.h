#pragma once

#include <cstdint>
#include <functional>

#include "runtime/sim/storm.h"
#include "runtime/sim/world.h"

namespace octet::grading {

/// In what worlds a protocol is tried, and how often.
struct Trial {
  sim::WorldOptions options = {.max_events = 1'000'000};
  sim::Storm storm = {};   // random faults; none when it names no nodes
  std::uint64_t runs = 1;  // each with a seed and a storm of its own
};

/// Plays a scenario in the simulator, and ends the test when a run fails:
///
///     GRADED_TEST(Locks, OneInside, 4, "at most one process is inside (X1)") {
///       simulate({.storm = {.nodes = {1, 2, 3}, .crashes = 2}, .runs = 50}, [](sim::World& world)
///       {
///         for (const NodeId id : {1, 2, 3}) world.add(id, [] { return make_lock(...); });
///         world.always("at most one is inside", [&] { return ... });
///         world.run_for(20s);
///         EXPECT_GT(entered(world), 10) << "the test means nothing when nobody enters";
///       });
///     }
///
/// A run fails by a property, a handler that throws, an expectation, or fail(). Then its faults are
/// shrunk to those that matter (minimize.h), what is left goes into the failure, and the smallest
/// run into a trace. `play` is called many times for that, so all that it changes is its own; its
/// tell() becomes a note of the trace.
///
/// The first run is done twice: a node that does not do the same when it is told the same fails.
void simulate(const Trial& trial, const std::function<void(sim::World&)>& play);

/// Plays a scenario once, with this test's seed, and writes no trace: for worlds that hold so much
/// that a trace, which shows all of it after each event, would be far too large.
void simulate_untraced(const sim::WorldOptions& options,
                       const std::function<void(sim::World&)>& play);

}  // namespace octet::grading
