#pragma once

#include <cstdint>

#include "graders/stage3-partitioning/repairs.h"

/// Stories of hints, each for a world of its own, and what they begin and end with. An owner is
/// away while the others write, and then can talk to those alone that have no copy: what it gets
/// was hinted.
namespace octet::store {

/// Every write needs as many nodes as there are copies, so somebody stands in for who is away. All
/// nodes are in the map.
Setup write_all(std::uint32_t copies, std::uint32_t nodes);

/// The last owner is back, and reaches no other owner.
void come_back(sim::World& world, const OnePartition& partition);

/// Owners may have hints for each other, too.
void give_all_away(sim::World& world, const StoreCluster& store);

/// Many records of few hints, or of few keys of the node's own, and it has some of the others. Then
/// it is restarted.
void fill_the_log(sim::World& world, bool with_hints);

/// A hint that is longer than one would make a message, and a short one behind it.
void hint_a_large_value(sim::World& world);

/// One of two owners gets what was hinted, and the other one what that has got.
void compare_what_was_hinted(sim::World& world);

}  // namespace octet::store
