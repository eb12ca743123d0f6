#pragma once

#include <sys/types.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace octet::bench {

/// A program that runs beside this one and is killed with the object.
class Process {
 public:
  struct Options {
    std::optional<int> cpu;           // run there only
    std::size_t max_descriptors = 0;  // 0: as many as this process may have
  };

  /// Throws std::system_error naming the program when it cannot be started. Its output is thrown
  /// away.
  explicit Process(const std::vector<std::string>& command) : Process(command, Options{}) {}
  Process(const std::vector<std::string>& command, Options options);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  bool running();

  /// Resident memory in bytes (VmRSS).
  std::size_t resident_memory() const;

 private:
  pid_t pid_ = -1;
};

/// Runs a program to its end and returns what it wrote on stdout.
/// Throws std::runtime_error when it does not end with status 0.
std::string output_of(const std::vector<std::string>& command, std::optional<int> cpu = {});

/// A TCP port on 127.0.0.1 that nobody listened on a moment ago.
std::uint16_t free_port();

/// Waits until something accepts connections there. Throws std::runtime_error when the process ends
/// first, or after ten seconds.
void wait_until_listening(Process& process, std::uint16_t port);

}  // namespace octet::bench
