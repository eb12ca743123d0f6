#include <type_traits>

#include "runtime/erase/erased_node.h"
#include "stage3-partitioning/api/solution.h"
#include "store_node.h"

namespace octet::store {

static_assert(std::is_same_v<StoreNode::Protocol::Input, Input> &&
                  std::is_same_v<StoreNode::Protocol::Output, Output>,
              "the Input and Output of store_protocol.h must be those of api/store.h");

std::unique_ptr<AnyNode> make_store_node(const Config& config) {
  return make_node(StoreNode(config));
}

}  // namespace octet::store
