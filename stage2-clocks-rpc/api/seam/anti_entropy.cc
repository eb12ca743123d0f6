#include "anti_entropy.h"
#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::gossip {

static_assert(std::is_same_v<anti_entropy::AntiEntropy::Protocol::Input, anti_entropy::Input>,
              "the Input of anti_entropy.h must be that of api/gossip.h");
static_assert(std::is_same_v<decltype(std::declval<const anti_entropy::AntiEntropy&>().view()),
                             anti_entropy::Contents>,
              "view() must return the Contents of api/gossip.h, which graders look at");

std::unique_ptr<AnyNode> make_anti_entropy(const anti_entropy::Config& config) {
  return make_node(anti_entropy::AntiEntropy(config));
}

}  // namespace octet::gossip
