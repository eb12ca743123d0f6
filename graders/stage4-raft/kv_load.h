#pragma once

#include "graders/stage4-raft/kv_cluster.h"

namespace octet::kv {

/// A call every so often until then, of a client by chance, of any kind, to a few keys. None while
/// many are under way.
void keep_calling(sim::World& world, KvCluster& cluster, Duration every, Duration until);

}  // namespace octet::kv
