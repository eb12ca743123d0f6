#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace octet::lab {

using Command = std::vector<std::string>;

/// Those that run a command throw std::system_error, naming it, when it cannot be started.

/// Runs a command with our stdin, stdout and stderr. Returns its exit status, or 128 and the signal
/// that killed it, as shells do. Ctrl-C is the command's to handle; we go on until it has ended.
int run(const Command& command);

/// Runs a command and gives every line of its stdout and stderr to `on_line`, in the order written.
int run_lines(const Command& command, const std::function<void(std::string_view)>& on_line);

struct Captured {
  int status = 0;
  std::string output;  // stdout and stderr
};
Captured capture(const Command& command);

/// Becomes the command. Throws Failure when it cannot be started.
[[noreturn]] void become(const Command& command);

/// True when an executable file of this name is on the PATH.
bool is_installed(std::string_view program);

}  // namespace octet::lab
