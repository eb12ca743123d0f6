#include "total_order.h"

#include <type_traits>

#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::total_order {

static_assert(std::is_same_v<TotalOrder::Protocol::Input, Input> &&
                  std::is_same_v<TotalOrder::Protocol::Output, Output>,
              "the inputs and outputs of TotalOrder are those of api/total_order.h");

std::unique_ptr<AnyNode> make_total_order(const Config& config) {
  return make_node(TotalOrder(config));
}

}  // namespace octet::total_order
