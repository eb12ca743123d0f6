#pragma once

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>
#include <asio/steady_timer.hpp>
#include <memory>
#include <string>

#include "runtime/erase/bytes.h"

namespace octet::tcp {

/// The way to one other node. Connects by itself, again and again, with pauses that grow to a
/// second. What cannot be sent is dropped, as a network drops it: while there is no connection,
/// while the link is cut, when the queue is full because the other node is slow, and what is longer
/// than a frame may be. A message that is longer than the queue goes alone.
class Link : public std::enable_shared_from_this<Link> {
 public:
  static constexpr std::size_t longest_queue = 16U << 20;  // bytes

  /// `hello` is the first frame of every connection.
  Link(asio::io_context& io, asio::ip::tcp::endpoint to, Bytes hello);

  /// Runs until close().
  void start();
  void close();

  void send(const Bytes& message);

  /// A cut link drops all that is to be sent, and ends the connection.
  void cut(bool is_cut);

 private:
  bool has_room(const Bytes& message) const;
  asio::awaitable<void> stay_connected();
  asio::awaitable<void> write_queue();
  void disconnect();

  asio::ip::tcp::endpoint to_;
  Bytes hello_;
  asio::ip::tcp::socket socket_;
  asio::steady_timer pause_;
  asio::steady_timer more_to_send_;  // never expires; its cancellation wakes write_queue()
  std::string queue_;                // frames
  bool is_connected_ = false;
  bool is_cut_ = false;
  bool is_closed_ = false;
};

}  // namespace octet::tcp
