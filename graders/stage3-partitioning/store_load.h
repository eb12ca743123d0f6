#pragma once

#include "graders/stage3-partitioning/store_cluster.h"

namespace octet::store {

/// A request every so often until then, of a node by chance: reads, writes of values that are all
/// different, with a context that a late read has given or with none, and deletions. Few keys, so
/// that requests meet.
void keep_asking(sim::World& world, StoreCluster& store, Duration every, Duration until);

/// All keys that keep_asking() uses.
std::vector<std::string> keys_of_load();

/// Reads every key of the load at every node, when all is whole again: what was stored is there,
/// but for what has been replaced.
void expect_all_is_there(StoreCluster& store);

}  // namespace octet::store
