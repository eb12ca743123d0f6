#pragma once

#include <sys/types.h>

#include <csignal>
#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "runtime/descriptor.h"

namespace octet {

/// What to start, and how.
struct Launch {
  /// Where what it writes goes.
  enum class Output { ours, pipe, nowhere };

  std::vector<std::string> command;       // found on the PATH when its first word has no slash
  Output output = Output::ours;           // stdout
  Output errors = Output::ours;           // stderr; in the same pipe when both are in one
  bool own_group = false;                 // Ctrl-C at the terminal is not for it
  int at_our_end = SIGKILL;               // what it gets when the thread that starts it ends
  std::function<void()> prepare = [] {};  // runs in it before the program; may only call the system
};

/// How a process ended.
struct Ending {
  int exit_code = 0;
  int signal = 0;  // 0: by itself
  bool operator==(const Ending&) const = default;
};

/// Another program, which does not outlive the object, nor us.
class ChildProcess {
 public:
  /// Throws std::system_error, naming the program, when it cannot be started.
  explicit ChildProcess(const Launch& launch);
  ~ChildProcess() { kill(); }
  ChildProcess(const ChildProcess&) = delete;
  ChildProcess& operator=(const ChildProcess&) = delete;

  /// The next line of what it writes into a pipe; nothing at its end. Waits for it.
  std::optional<std::string> read_line();

  /// The pipe, for who reads it himself.
  Descriptor take_output() { return std::move(output_); }

  /// False when it has ended.
  bool is_running();
  bool signal(int number);

  /// Waits for its end. Says the same again when it is asked again.
  Ending wait();

  /// SIGKILL, and waits.
  Ending kill();

  pid_t pid() const { return pid_; }

 private:
  bool reap(int options);

  pid_t pid_ = -1;
  std::optional<Ending> ending_;
  Descriptor output_;
  std::string text_;  // read, and not yet given away
  std::size_t given_ = 0;
};

}  // namespace octet
