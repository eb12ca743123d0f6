#pragma once

#include <asio/io_context.hpp>
#include <asio/ip/tcp.hpp>
#include <cstdint>

#include "listener.h"
#include "stage1-sockets/api/chat.h"

namespace octet::sockets {

/// Serves the chat protocol of api/chat.h. One thread runs the io_context, so nothing here needs a
/// lock.
class ChatServer {
 public:
  /// What happens to a member whose queue is full. Choose one, and do that.
  static constexpr SlowConsumer slow_consumer_policy = SlowConsumer::disconnect;

  /// Listens at once; port 0 lets the system pick one. Throws std::system_error when it cannot.
  ChatServer(asio::io_context& io, asio::ip::tcp::endpoint at, ChatConfig config);

  std::uint16_t port() const;

  /// Stops listening and ends every connection: the io_context runs out of work.
  void stop();

 private:
  // Your members.
};

}  // namespace octet::sockets
