#include "rumour.h"
#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::gossip {

static_assert(std::is_same_v<rumour::Rumour::Protocol::Input, rumour::Input> &&
                  std::is_same_v<rumour::Rumour::Protocol::Output, rumour::Output>,
              "the Input and Output of rumour.h must be those of api/gossip.h");

std::unique_ptr<AnyNode> make_rumour(const rumour::Config& config) {
  return make_node(rumour::Rumour(config));
}

}  // namespace octet::gossip
