#include "causal_broadcast.h"

#include <type_traits>

#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::causal {

static_assert(std::is_same_v<CausalBroadcast::Protocol::Input, Input> &&
                  std::is_same_v<CausalBroadcast::Protocol::Output, Output>,
              "the inputs and outputs of CausalBroadcast are those of api/causal_broadcast.h");

std::unique_ptr<AnyNode> make_causal_broadcast(const Config& config) {
  return make_node(CausalBroadcast(config));
}

}  // namespace octet::causal
