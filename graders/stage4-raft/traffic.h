#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "runtime/sim/world.h"

namespace octet::raft {

/// What was sent; messages that are lost count, too.
struct Traffic {
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;
  std::uint64_t largest = 0;  // bytes of a message
};

/// Measures what these servers are sent from now on, over links that are not cut, until the world
/// heals.
std::shared_ptr<Traffic> measure(sim::World& world, const std::vector<NodeId>& receivers);

/// What a message may have beside its commands, for itself and for each entry.
constexpr std::uint64_t overhead = 200;

}  // namespace octet::raft
