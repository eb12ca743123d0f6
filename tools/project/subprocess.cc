#include "tools/project/subprocess.h"

#include <fmt/format.h>

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ranges>

#include "runtime/process/child_process.h"
#include "tools/project/errors.h"

namespace octet::lab {
namespace {

/// Keeps Ctrl-C from ending us while a command that got it too runs.
class InterruptsWait {
 public:
  InterruptsWait() : previous_(std::signal(SIGINT, SIG_IGN)) {}
  ~InterruptsWait() { std::signal(SIGINT, previous_); }
  InterruptsWait(const InterruptsWait&) = delete;
  InterruptsWait& operator=(const InterruptsWait&) = delete;

 private:
  void (*previous_)(int);
};

/// What Ctrl-C does to us while it runs is not what it does to the command.
Launch launch(const Command& command, Launch::Output output) {
  return {
      .command = command, .output = output, .errors = output, .at_our_end = SIGTERM, .prepare = [] {
        std::signal(SIGINT, SIG_DFL);
      }};
}

int status_of(const Ending& ending) {
  return ending.signal != 0 ? 128 + ending.signal : ending.exit_code;
}

}  // namespace

int run(const Command& command) {
  const InterruptsWait guard;
  return status_of(ChildProcess(launch(command, Launch::Output::ours)).wait());
}

int run_lines(const Command& command, const std::function<void(std::string_view)>& on_line) {
  ChildProcess process(launch(command, Launch::Output::pipe));
  while (const auto line = process.read_line()) on_line(*line);
  return status_of(process.wait());
}

Captured capture(const Command& command) {
  Captured captured;
  captured.status = run_lines(command, [&](std::string_view line) {
    captured.output += line;
    captured.output += '\n';
  });
  return captured;
}

void become(const Command& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
  throw Failure(fmt::format("cannot run {}: {}", command[0], std::strerror(errno)));
}

bool is_installed(std::string_view program) {
  const char* path = std::getenv("PATH");
  for (const auto part : std::views::split(std::string_view(path ? path : ""), ':')) {
    const std::string_view folder(part.begin(), part.end());
    if (access(fmt::format("{}/{}", folder, program).c_str(), X_OK) == 0) return true;
  }
  return false;
}

}  // namespace octet::lab
