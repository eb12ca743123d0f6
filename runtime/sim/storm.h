#pragma once

#include <cstdint>
#include <vector>

#include "runtime/sim/fault.h"

namespace octet::sim {

/// How many faults of each kind a random plan has, and when they may happen.
struct Storm {
  std::vector<NodeId> nodes;
  Duration begin{};
  Duration end = std::chrono::seconds(10);  // everything is whole again
  Duration longest = std::chrono::seconds(2);
  int crashes = 0;
  int torn_handlers = 0;
  int pauses = 0;
  int cuts = 0;
  int partitions = 0;
  int drifts = 0;  // up to a tenth, either way
  int jumps = 0;   // up to an hour, either way
  int slow_disks = 0;
};

/// The plan of a seed. Each fault has draws of its own: one more of a kind leaves the others.
Plan draw_plan(std::uint64_t seed, const Storm& storm);

}  // namespace octet::sim
