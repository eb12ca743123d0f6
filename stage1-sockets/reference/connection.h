#pragma once

#include <asio/awaitable.hpp>
#include <asio/ip/tcp.hpp>
#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

#include "runtime/clock.h"

namespace octet::sockets {

/// One TCP connection of a server: bytes in, a queue of bytes out. Use it on the thread that runs
/// its io_context.
///
/// At most one write is in flight. What is sent meanwhile waits in the queue and leaves in the next
/// write, in order and in one piece. Nothing here bounds the queue: whoever sends looks at
/// queued_bytes() and either waits in drain(), which stops reading and thereby the peer, or
/// decides what to lose.
class Connection : public std::enable_shared_from_this<Connection> {
 public:
  /// More than this in the queue is a good moment to wait for the peer to read.
  static constexpr std::size_t enough_queued = 256 << 10;

  explicit Connection(asio::ip::tcp::socket socket);

  /// Waits for bytes, which may be any part of what the peer sent; use them before the next
  /// co_await. Empty means the end: the peer sends no more, or the connection broke, or abort() was
  /// called. What is queued can still go out after the peer has ended its side.
  asio::awaitable<std::string_view> read();

  /// Queues bytes. Never waits, and never calls back. Ignored after the connection has closed.
  void send(std::string_view bytes);

  /// Bytes that were sent here and that the system has not yet taken.
  std::size_t queued_bytes() const;

  /// Waits until at most `left` bytes are queued, or the connection has closed.
  asio::awaitable<void> drain(std::size_t left = 0);

  /// Writes what is queued, tells the peer that this was all, and closes.
  asio::awaitable<void> finish();

  /// Closes now, with a reset; what is queued is lost. Whoever waits in read() or drain() goes on,
  /// though not from within this call.
  void abort();

 private:
  void write();
  void written(asio::error_code error);
  void close();

  asio::ip::tcp::socket socket_;
  std::string queued_;          // waits for the write in flight to end
  std::string in_flight_;       // owned by the write in flight
  bool write_pending_ = false;  // in flight, or posted
  Timer progress_;              // never expires; its cancellation wakes drain()
};

}  // namespace octet::sockets
