#pragma once

#include <sys/types.h>

#include <cstdint>

namespace octet::grading {

/// Watches a process from outside and tells when it has nothing left to do.
///
/// A process is idle when over a whole window every thread stayed asleep without once having run
/// (/proc/PID/task/*/status counts every switch), none of its timers is due soon
/// (/proc/PID/fdinfo of timerfds), and the kernel holds no undelivered byte for the connections of
/// its port (/proc/net/tcp). The machine's speed does not enter: a thread that wants to run and
/// cannot is runnable, not asleep.
class IdleWatch {
 public:
  IdleWatch(pid_t pid, std::uint16_t port);

  /// Samples once. True when idle since a sample at least `window` ago; call it between waits.
  bool sample();

 private:
  pid_t pid_;
  std::uint16_t port_;
};

}  // namespace octet::grading
