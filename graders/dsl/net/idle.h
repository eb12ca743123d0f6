#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstdint>
#include <vector>

#include "graders/dsl/net/proc.h"
#include "graders/dsl/sanitizers.h"

namespace octet::grading {

/// Watches a process from outside and tells when it has nothing left to do.
///
/// A process is idle when over a whole window every thread stayed asleep without once having run
/// (/proc counts every switch), none of its timers is due soon, and the kernel has nothing under
/// way for the connections of its port (tcp_table.h). The machine's speed does not enter: a thread
/// that wants to run and cannot is runnable, not asleep. The window is there for what cannot be
/// seen from outside: a thread that sleeps for a given, short time.
class IdleWatch {
 public:
  // The thread sanitizer has a thread of its own that wakes ten times a second.
  static constexpr std::chrono::milliseconds usual_window{thread_sanitized ? 50 : 150};
  static constexpr std::chrono::seconds soon{10};  // a timer further off is no sign of life

  /// Port 0: a process without connections.
  IdleWatch(pid_t pid, std::uint16_t port, std::chrono::milliseconds window = usual_window);

  /// Samples once. True when idle since a sample at least the window ago; call it between waits.
  /// Whoever waits for bytes looks for them once more after that.
  bool sample();

  /// True when nearly every one of many samples found all threads asleep: a server that ticks now
  /// and then and is at rest otherwise. A server that wants to run and is kept from it by other
  /// programs is not asleep, so this does not mistake one for the other.
  bool is_ticking() const { return is_ticking_; }

 private:
  bool slept_on();
  void count(bool asleep);
  bool something_will_wake_it() const;

  pid_t pid_;
  std::uint16_t port_;
  std::chrono::milliseconds window_;
  std::vector<ThreadState> threads_;
  std::chrono::steady_clock::time_point asleep_since_;
  int samples_ = 0;  // of the current batch
  int asleep_ = 0;   // those of them that found all threads asleep
  bool is_ticking_ = false;
};

}  // namespace octet::grading
