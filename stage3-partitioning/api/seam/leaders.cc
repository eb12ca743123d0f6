#include <type_traits>

#include "leader.h"
#include "runtime/erase/erased_node.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::leaders {

static_assert(std::is_same_v<Protocol::Input, Input>,
              "the Input of leader_messages.h must be that of api/leaders.h");

std::unique_ptr<AnyNode> make_leader(const Config& config) {
  return make_node(Leader(config));
}

}  // namespace octet::leaders
