#include "tools/project/subprocess.h"

#include <fmt/format.h>

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <cstring>
#include <ranges>
#include <system_error>

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

void exec(const Command& command) {
  std::vector<char*> arguments;
  for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  execvp(arguments[0], arguments.data());
}

pid_t start(const Command& command, int output) {
  const pid_t parent = getpid();
  const pid_t child = fork();
  if (child < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (child > 0) return child;
  prctl(PR_SET_PDEATHSIG, SIGTERM);  // whoever ends us ends it too
  if (getppid() != parent) _exit(127);
  std::signal(SIGINT, SIG_DFL);
  if (output >= 0) {
    dup2(output, STDOUT_FILENO);
    dup2(output, STDERR_FILENO);
  }
  exec(command);
  fmt::print(stderr, "cannot run {}: {}\n", command[0], std::strerror(errno));
  _exit(127);
}

int wait_for(pid_t child) {
  int status = 0;
  while (waitpid(child, &status, 0) < 0) {
    if (errno != EINTR) throw std::system_error(errno, std::generic_category(), "waitpid");
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

}  // namespace

int run(const Command& command) {
  const InterruptsWait guard;
  return wait_for(start(command, -1));
}

int run_lines(const Command& command, const std::function<void(std::string_view)>& on_line) {
  int ends[2];
  // Another thread's command must not inherit the end that is written to: there would be no end of
  // this one's output before that command is done too.
  if (pipe2(ends, O_CLOEXEC) != 0) throw std::system_error(errno, std::generic_category(), "pipe");
  const pid_t child = start(command, ends[1]);
  close(ends[1]);
  FILE* const output = fdopen(ends[0], "r");
  if (!output) throw std::system_error(errno, std::generic_category(), "fdopen");
  char* line = nullptr;
  std::size_t size = 0;
  for (ssize_t length; (length = getline(&line, &size, output)) > 0;) {
    std::string_view text(line, static_cast<std::size_t>(length));
    if (text.ends_with('\n')) text.remove_suffix(1);
    on_line(text);
  }
  std::free(line);
  std::fclose(output);
  return wait_for(child);
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
  exec(command);
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
