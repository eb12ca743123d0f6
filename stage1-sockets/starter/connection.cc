#include "connection.h"

#include "runtime/check.h"

namespace octet::sockets {

Connection::Connection(asio::ip::tcp::socket socket) {
  YOUR_CODE_HERE;
}

asio::awaitable<std::string_view> Connection::read() {
  YOUR_CODE_HERE;
}

void Connection::send(std::string_view bytes) {
  YOUR_CODE_HERE;
}

std::size_t Connection::queued_bytes() const {
  YOUR_CODE_HERE;
}

asio::awaitable<void> Connection::drain(std::size_t left) {
  YOUR_CODE_HERE;
}

asio::awaitable<void> Connection::finish() {
  YOUR_CODE_HERE;
}

void Connection::abort() {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
