#include "listener.h"

#include "runtime/check.h"

namespace octet::sockets {

Listener::Listener(asio::io_context& io, asio::ip::tcp::endpoint at, Session session) {
  YOUR_CODE_HERE;
}

Listener::~Listener() = default;

std::uint16_t Listener::port() const {
  YOUR_CODE_HERE;
}

void Listener::stop() {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
