#include <type_traits>

#include "replica.h"
#include "runtime/erase/erased_node.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::followers {

static_assert(std::is_same_v<Protocol::Input, Input> && std::is_same_v<Protocol::Output, Output>,
              "the Input and Output of replica_messages.h must be those of api/followers.h");

std::unique_ptr<AnyNode> make_replica(const Config& config) {
  return make_node(Replica(config));
}

}  // namespace octet::followers
