#include "chat_server.h"
#include "stage1-sockets/api/seam/erase.h"

namespace octet::sockets {

std::unique_ptr<Server> make_chat_server(asio::io_context& io, Endpoint at, ChatConfig config) {
  return std::make_unique<ErasedServer<ChatServer>>(io, at, config);
}

SlowConsumer chat_slow_consumer_policy() {
  return ChatServer::slow_consumer_policy;
}

}  // namespace octet::sockets
