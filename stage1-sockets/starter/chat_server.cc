#include "chat_server.h"

#include "runtime/check.h"

namespace octet::sockets {

ChatServer::ChatServer(asio::io_context& io, asio::ip::tcp::endpoint at, ChatConfig config) {
  YOUR_CODE_HERE;
}

std::uint16_t ChatServer::port() const {
  YOUR_CODE_HERE;
}

void ChatServer::stop() {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
