#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "runtime/sim/fault.h"
#include "runtime/sim/world.h"
#include "runtime/trace/trace.h"

namespace octet {

/// A test that can be run again with other faults: adds nodes and properties to the world, gives it
/// work, and lets it run. The world has its plan of faults already.
struct Experiment {
  std::uint64_t seed = 0;
  sim::WorldOptions options = {};
  std::function<void(sim::World&)> play = {};
};

struct Minimized {
  std::string property;  // that does not hold; empty when the run does not fail at all
  std::string failure;   // the sentence of the smallest run
  sim::Plan plan;        // without any one of its faults the property holds
  std::size_t faults_before = 0;
  std::size_t runs = 0;        // that it took
  bool is_minimal = false;     // false too when the limit of runs ended the search
  bool is_repeatable = false;  // false when the first run's own faults did not make it fail again
  sim::WorldOptions options;   // of the smallest run

  /// "two leaders in term 3 / 214 faults happened; these 2 are enough, and none is too many: ..."
  std::string story() const;
};

/// Runs the experiment with these faults and those that its network draws. When it fails, looks for
/// the smallest plan under which the same property fails: first without whole kinds of faults, then
/// by ddmin, then with simpler values, until nothing changes. At most `most_runs` runs.
Minimized minimize(const Experiment& experiment, const sim::Plan& plan,
                   std::size_t most_runs = 10'000);

/// The experiment with these faults once more, written down. When it fails, the last event is the
/// witness. `max_events` ends a run that would not end; `stop_at` is for debuggers (world.h).
trace::Trace traced(const Experiment& experiment, const sim::Plan& plan,
                    std::uint64_t max_events = 1'000'000, std::uint64_t stop_at = 0);

/// The smallest run of a failing experiment, likewise.
trace::Trace traced(const Experiment& experiment, const Minimized& smallest,
                    std::uint64_t max_events = 1'000'000, std::uint64_t stop_at = 0);

}  // namespace octet
