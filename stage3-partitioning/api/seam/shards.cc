#include <type_traits>

#include "plan.h"
#include "runtime/erase/erased_node.h"
#include "shard_server.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::shards {

static_assert(std::is_same_v<Protocol::Input, Input> && std::is_same_v<Protocol::Output, Output>,
              "the Input and Output of shard_server.h must be those of api/shards.h");

std::unique_ptr<AnyNode> make_shard_server(const Config& config) {
  return make_node(ShardServer(config));
}

}  // namespace octet::shards
