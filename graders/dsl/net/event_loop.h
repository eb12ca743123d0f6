#pragma once

#include <asio/io_context.hpp>
#include <atomic>
#include <cstdint>
#include <functional>
#include <string_view>

#include "runtime/clock.h"

namespace octet::grading {

/// Runs a solution's client inside the test, in virtual time: the test holds the hand of Clock.
///
/// The peers that a test plays are sockets of the same process. "Nothing is left to do" means: no
/// handler is ready, and the kernel has nothing under way for a socket of this process
/// (tcp_table.h). Real time plays no part.
class EventLoop {
 public:
  EventLoop();   // takes the Clock; it stands at one hour
  ~EventLoop();  // gives it back
  EventLoop(const EventLoop&) = delete;
  EventLoop& operator=(const EventLoop&) = delete;

  asio::io_context& io() { return io_; }

  /// Runs handlers until `done`; fails the test with "waited for <what>" when nothing is left that
  /// could make it true: no handler ready, no byte on its way, and the clock stands still.
  /// `done` may itself move things on, such as reading from a peer's socket.
  void run_until(std::string_view what, const std::function<bool()>& done);

  /// Runs handlers until nothing is left to do at this instant.
  void settle();

  /// Moves the clock, in one step, and settles.
  void advance(Clock::duration by);

 private:
  bool run_ready();

  std::atomic<std::int64_t> hand_;
  asio::io_context io_;
};

}  // namespace octet::grading
