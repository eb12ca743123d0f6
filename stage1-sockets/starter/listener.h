#pragma once

#include <asio/awaitable.hpp>
#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <cstdint>
#include <functional>
#include <memory>

#include "connection.h"

namespace octet::sockets {

/// What a server does with one connection, from its first byte to its last. When it returns,
/// everything that it sent still goes out, and then the connection closes.
using Session = std::function<asio::awaitable<void>(std::shared_ptr<Connection>)>;

/// Listens on a port and runs a session for each connection that arrives there.
///
/// Nothing that goes wrong with one connection ends the listening, and neither does a lack of
/// descriptors: connections then wait until one is free.
class Listener {
 public:
  /// Listens when it returns; port 0 lets the system pick. Throws std::system_error if it cannot.
  /// The io_context has to live longer than the listener.
  Listener(asio::io_context& io, asio::ip::tcp::endpoint at, Session session);
  ~Listener();  // stops
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  std::uint16_t port() const;

  /// Stops listening and aborts every connection. Sessions see the end of their connection when the
  /// io_context runs on; then nothing is left in it. Stopping twice is fine.
  void stop();

 private:
  // Your members. Coroutines may outlive the listener: who owns what they use?
};

}  // namespace octet::sockets
