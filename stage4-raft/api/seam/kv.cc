#include <type_traits>

#include "kv_client.h"
#include "kv_server.h"
#include "runtime/erase/erased_node.h"
#include "stage4-raft/api/solution.h"

namespace octet::kv {

static_assert(std::is_same_v<ClientProtocol::Input, ClientInput> &&
                  std::is_same_v<ClientProtocol::Output, ClientOutput>,
              "the Input and Output of kv_client.h must be those of api/kv.h");

std::unique_ptr<AnyNode> make_kv_server(const raft::Config& config) {
  return make_node(KvServer(config));
}

std::unique_ptr<AnyNode> make_kv_client(const ClientConfig& config) {
  return make_node(KvClient(config));
}

}  // namespace octet::kv
