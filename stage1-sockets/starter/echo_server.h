#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <cstdint>

#include "listener.h"
#include "stage1-sockets/api/frames.h"

namespace octet::sockets {

/// Sends every frame back to where it came from, in order. A frame above the limit ends its
/// connection, after the replies to the frames before it.
class EchoServer {
 public:
  EchoServer(asio::io_context& io, asio::ip::tcp::endpoint at, EchoConfig config);

  std::uint16_t port() const;

  /// Ends listening and all connections; the io_context then runs out of work.
  void stop();

 private:
  // Your members.
};

}  // namespace octet::sockets
