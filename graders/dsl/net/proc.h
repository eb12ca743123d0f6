#pragma once

#include <sys/types.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace octet::grading {

/// What /proc tells about a process. Asking about a process that has ended gives empty answers.

struct ThreadState {
  pid_t id = 0;
  char state = '?';            // 'R' runs or wants to, 'S' sleeps, 'T' is stopped, ...
  std::uint64_t switches = 0;  // how often it went to sleep or was interrupted
  bool operator==(const ThreadState&) const = default;
};
std::vector<ThreadState> threads_of(pid_t pid);

/// True when the process is on its way out: its connections may be closed already, although it
/// cannot be waited for yet.
bool is_ending(pid_t pid);

/// The processor time of all its threads so far.
std::chrono::nanoseconds cpu_time_of(pid_t pid);

/// True when one of its timerfds goes off within `soon`.
bool timer_due(pid_t pid, std::chrono::nanoseconds soon);

/// Its open descriptors, ascending.
std::vector<int> descriptors_of(pid_t pid);

/// A line "field: 1234 kB" of /proc/PID/`file`, in bytes; 0 when there is none.
std::size_t bytes_of(pid_t pid, const char* file, const char* field);

}  // namespace octet::grading
