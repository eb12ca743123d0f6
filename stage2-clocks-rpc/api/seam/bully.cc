#include "bully.h"
#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::election {

static_assert(std::is_same_v<bully::Bully::Protocol::Input, Input> &&
                  std::is_same_v<bully::Bully::Protocol::Output, Output>,
              "the Input and Output of bully.h must be those of api/election.h");

std::unique_ptr<AnyNode> make_bully(const Config& config) {
  return make_node(bully::Bully(config));
}

}  // namespace octet::election
