#pragma once

#include <cstddef>
#include <vector>

#include "runtime/sim/world.h"

namespace octet::store {

/// Of what this node sends to each of these, so many messages pass, and nothing after them, until
/// the world heals: so a request breaks off between any two of its steps, whatever these are.
void let_pass(sim::World& world, NodeId from, const std::vector<NodeId>& to, std::size_t messages);

}  // namespace octet::store
