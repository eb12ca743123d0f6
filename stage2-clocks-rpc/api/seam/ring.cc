#include "ring.h"
#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::election {

static_assert(std::is_same_v<ring::Ring::Protocol::Input, Input> &&
                  std::is_same_v<ring::Ring::Protocol::Output, Output>,
              "the Input and Output of ring.h must be those of api/election.h");

std::unique_ptr<AnyNode> make_ring(const Config& config) {
  return make_node(ring::Ring(config));
}

}  // namespace octet::election
