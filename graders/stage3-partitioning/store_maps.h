#pragma once

#include "graders/stage3-partitioning/store_load.h"

/// Maps of a store that change.
namespace octet::store {

/// The map that comes after it: these nodes have the slots, in turn.
SlotMap next_map(const SlotMap& map, const std::vector<NodeId>& members);

/// The operator tells that node.
void tell_map(sim::World& world, const SlotMap& map, NodeId node);

/// Every so often until then there is another map, of nodes by chance, as many as there are copies
/// at least. Nodes are told at times of their own. Returns the last one.
SlotMap keep_changing_maps(sim::World& world, StoreCluster& store, Duration every, Duration until);

/// The nodes that own nothing in that map.
std::vector<NodeId> not_in(const SlotMap& map, const StoreCluster& store);

/// Runs until these nodes serve nothing any more, or the world fails.
void wait_until_empty(sim::World& world, const StoreCluster& store,
                      const std::vector<NodeId>& nodes);

}  // namespace octet::store
