#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "bench/stage3/placement_contestants.h"

namespace octet::bench {

/// What one placement came to with so many nodes.
struct PlacementResult {
  std::string placement;
  std::uint32_t nodes = 0;
  double most = 0;          // keys of the node that has most, by the mean
  double most_of_99 = 0;    // of the node that 99 of 100 have no more than, by the mean
  double moved_by_add = 0;  // what part of the keys has another owner with one node more
  double moved_by_remove = 0;
  double lookup_ns = 0;   // of one key, hashing it included; the median of the rounds
  std::size_t bytes = 0;  // that the placement keeps
};

/// What cannot be avoided if shares are to be even afterwards.
double least_moved_by_add(std::uint32_t nodes);
double least_moved_by_remove(std::uint32_t nodes);

/// The keys are in order and all different.
PlacementResult measure_placement(const Placement& placement, std::uint32_t nodes,
                                  const std::vector<std::string>& keys, int rounds);

}  // namespace octet::bench
