#pragma once

#include <asio/io_context.hpp>
#include <functional>
#include <string_view>

#include "runtime/clock.h"

namespace octet::grading {

/// Runs a solution's client inside the test, in virtual time: the test holds the hand of Clock.
class EventLoop {
 public:
  EventLoop();   // takes the Clock; it stands at one hour
  ~EventLoop();  // gives it back

  asio::io_context& io() { return io_; }

  /// Runs handlers until `done`; fails the test with "waited for <what>" when nothing is left that
  /// could make it true: no handler ready, no byte on its way, and the clock stands still.
  void run_until(std::string_view what, const std::function<bool()>& done);

  /// Runs handlers until nothing is left to do at this instant.
  void settle();

  /// Moves the clock, in one step, and settles.
  void advance(Clock::duration by);

 private:
  asio::io_context io_;
};

}  // namespace octet::grading
