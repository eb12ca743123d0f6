#include "echo_server.h"

#include <memory>
#include <string>

#include "connection.h"
#include "frame_codec.h"

namespace octet::sockets {
namespace {

asio::awaitable<void> echo(std::shared_ptr<Connection> connection, EchoConfig config) {
  FrameDecoder decoder(config.max_payload);
  while (!decoder.too_long()) {
    const std::string_view bytes = co_await connection->read();
    if (bytes.empty()) break;
    decoder.feed(bytes);
    std::string replies;
    while (const auto payload = decoder.next()) append_frame(replies, *payload);
    connection->send(replies);
    // A peer that sends and does not read gets no more memory here than this.
    co_await connection->drain(Connection::enough_queued);
  }
}

}  // namespace

EchoServer::EchoServer(asio::io_context& io, asio::ip::tcp::endpoint at, EchoConfig config)
    : listener_(io, at, [config](auto connection) { return echo(std::move(connection), config); }) {
}

std::uint16_t EchoServer::port() const {
  return listener_.port();
}

void EchoServer::stop() {
  listener_.stop();
}

}  // namespace octet::sockets
