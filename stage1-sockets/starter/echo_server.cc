#include "echo_server.h"

#include "runtime/check.h"

namespace octet::sockets {

EchoServer::EchoServer(asio::io_context& io, asio::ip::tcp::endpoint at, EchoConfig config) {
  YOUR_CODE_HERE;
}

std::uint16_t EchoServer::port() const {
  YOUR_CODE_HERE;
}

void EchoServer::stop() {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
