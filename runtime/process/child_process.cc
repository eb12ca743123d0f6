#include "runtime/process/child_process.h"

#include <fcntl.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace octet {
namespace {

std::system_error system_error(int error, const std::string& attempt) {
  return {error, std::generic_category(), attempt};
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

/// A child that another thread starts must not have these: there would be no end of what is read
/// before that child has ended too.
Pipe make_pipe() {
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) throw system_error(errno, "make a pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

std::vector<char*> pointers(const std::vector<std::string>& command) {
  std::vector<char*> all;
  for (const std::string& word : command) all.push_back(const_cast<char*>(word.c_str()));
  all.push_back(nullptr);
  return all;
}

bool redirect(Launch::Output to, int pipe, int nowhere, int number) {
  if (to == Launch::Output::ours) return true;
  return dup2(to == Launch::Output::pipe ? pipe : nowhere, number) >= 0;
}

/// The child's side, where only the system may be called: another thread may have held a lock when
/// we were copied. Returns only when the program cannot be started.
void become(const Launch& launch, char* const* arguments, int pipe, pid_t parent) {
  prctl(PR_SET_PDEATHSIG, launch.at_our_end);
  if (getppid() != parent) _exit(0);  // it ended before that call
  if (launch.own_group) setpgid(0, 0);
  const int nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);
  if (nowhere < 0 || !redirect(launch.output, pipe, nowhere, STDOUT_FILENO) ||
      !redirect(launch.errors, pipe, nowhere, STDERR_FILENO)) {
    return;
  }
  launch.prepare();
  execvp(arguments[0], arguments);
}

}  // namespace

ChildProcess::ChildProcess(const Launch& launch) {
  const std::vector<char*> arguments = pointers(launch.command);
  Pipe output = make_pipe();
  Pipe failure = make_pipe();  // closed by the program's start, or tells why there is none
  const pid_t parent = getpid();
  pid_ = fork();
  if (pid_ < 0) throw system_error(errno, "start " + launch.command[0]);
  if (pid_ == 0) {
    become(launch, arguments.data(), output.write.number(), parent);
    const int error = errno;
    _exit(write(failure.write.number(), &error, sizeof error) == sizeof error ? 0 : 1);
  }
  failure.write.close();
  int error = 0;
  if (read(failure.read.number(), &error, sizeof error) > 0) {
    wait();
    throw system_error(error, "cannot run " + launch.command[0]);
  }
  const bool is_read =
      launch.output == Launch::Output::pipe || launch.errors == Launch::Output::pipe;
  if (is_read) output_ = std::move(output.read);
}

std::optional<std::string> ChildProcess::read_line() {
  std::array<char, 1U << 16> piece;
  std::size_t searched = given_;
  std::size_t end = 0;
  while ((end = text_.find('\n', searched)) == std::string::npos) {
    searched = text_.size();
    const ssize_t length = read(output_.number(), piece.data(), piece.size());
    if (length < 0 && errno == EINTR) continue;
    if (length <= 0) break;
    text_.erase(0, given_);
    searched -= std::exchange(given_, 0);
    text_.append(piece.data(), static_cast<std::size_t>(length));
  }
  if (end == std::string::npos && given_ == text_.size()) return std::nullopt;
  end = std::min(end, text_.size());  // the last line may have no end
  std::string line = text_.substr(given_, end - given_);
  given_ = std::min(end + 1, text_.size());
  return line;
}

bool ChildProcess::is_running() {
  return !ending_ && !reap(WNOHANG);
}

bool ChildProcess::signal(int number) {
  return is_running() && ::kill(pid_, number) == 0;
}

Ending ChildProcess::wait() {
  while (!ending_) reap(0);
  return *ending_;
}

Ending ChildProcess::kill() {
  signal(SIGKILL);
  return wait();
}

bool ChildProcess::reap(int options) {
  int status = 0;
  const pid_t ended = waitpid(pid_, &status, options);
  if (ended < 0 && errno != EINTR) throw system_error(errno, "wait for a process");
  if (ended != pid_) return false;
  ending_ = WIFSIGNALED(status) ? Ending{.signal = WTERMSIG(status)}
                                : Ending{.exit_code = WEXITSTATUS(status)};
  return true;
}

}  // namespace octet
