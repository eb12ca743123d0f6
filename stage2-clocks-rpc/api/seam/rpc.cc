#include <type_traits>

#include "rpc_client.h"
#include "rpc_server.h"
#include "runtime/erase/erased_node.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::rpc {

static_assert(std::is_same_v<Client::Protocol::Input, ClientInput>,
              "a Client's Input is the ClientInput of api/rpc.h");
static_assert(std::is_same_v<Client::Protocol::Output, ClientOutput>,
              "a Client's Output is the ClientOutput of api/rpc.h");
static_assert(std::is_same_v<Server::Protocol::Input, ServerInput>,
              "a Server's Input is the ServerInput of api/rpc.h");
static_assert(std::is_same_v<Server::Protocol::Output, ServerOutput>,
              "a Server's Output is the ServerOutput of api/rpc.h");
static_assert(std::is_same_v<Client::Protocol::Message, Server::Protocol::Message>,
              "a Client and a Server share one list of messages: a message's place in the list is "
              "part of its bytes");

std::unique_ptr<AnyNode> make_client(const ClientConfig& config) {
  return make_node(Client(config));
}

std::unique_ptr<AnyNode> make_server(const ServerConfig& config) {
  return make_node(Server(config));
}

}  // namespace octet::rpc
