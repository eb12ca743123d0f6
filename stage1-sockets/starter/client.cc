#include "client.h"

#include "runtime/check.h"

namespace octet::sockets {

Client::Client(asio::io_context& io, asio::ip::tcp::endpoint server, ClientConfig config) {}

Client::~Client() {}

void Client::request(std::string body, Clock::duration timeout, ReplyHandler done) {
  YOUR_CODE_HERE;
}

void Client::close() {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
