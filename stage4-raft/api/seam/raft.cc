#include "raft.h"

#include <type_traits>

#include "runtime/erase/erased_node.h"
#include "stage4-raft/api/solution.h"

namespace octet::raft {

static_assert(std::is_same_v<Protocol::Input, Input> && std::is_same_v<Protocol::Output, Output>,
              "the Input and Output of raft.h must be those of api/raft.h");

std::unique_ptr<AnyNode> make_server(const Config& config) {
  return make_node(Raft(config));
}

}  // namespace octet::raft
