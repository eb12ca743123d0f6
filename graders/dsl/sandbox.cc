#include "graders/dsl/sandbox.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <optional>
#include <system_error>
#include <utility>

#include "graders/dsl/process_tree.h"
#include "graders/dsl/sanitizers.h"
#include "runtime/descriptor.h"
#include "runtime/temporary_folder.h"

namespace octet::grading {
namespace {

using Steady = std::chrono::steady_clock;

[[noreturn]] void give_up(const char* what) {
  throw std::system_error(errno, std::generic_category(), what);
}

struct Pipe {
  Descriptor read;
  Descriptor write;
};

Pipe make_pipe() {
  std::array<int, 2> ends;
  if (pipe2(ends.data(), O_CLOEXEC) != 0) give_up("pipe");
  return {Descriptor(ends[0]), Descriptor(ends[1])};
}

void limit(__rlimit_resource resource, rlim_t soft, rlim_t hard) {
  const rlimit values{soft, hard};
  setrlimit(resource, &values);
}

void set_limits(const Limits& limits) {
  const auto cpu = static_cast<rlim_t>(limits.cpu.count());
  limit(RLIMIT_CPU, cpu, cpu + 1);  // first SIGXCPU, which tells where; then SIGKILL
  limit(RLIMIT_CORE, 0, 0);
  limit(RLIMIT_FSIZE, limits.file, limits.file);
  if (!sanitized) limit(RLIMIT_AS, limits.memory, limits.memory);
}

/// A sanitizer reserves far more addresses than it uses, so it has to watch the memory itself.
void set_sanitizer_options(const Limits& limits) {
  const std::string ours = "print_stacktrace=1:exitcode=" + std::to_string(sanitizer_exit) +
                           ":hard_rss_limit_mb=" + std::to_string(limits.memory >> 20);
  for (const char* const name : {"ASAN_OPTIONS", "UBSAN_OPTIONS", "TSAN_OPTIONS", "LSAN_OPTIONS"}) {
    const char* const given = std::getenv(name);
    setenv(name, (given ? given + (":" + ours) : ours).c_str(), 1);
  }
}

/// Whatever the grader itself was started with is none of a solution's business.
void keep_only(int kept) {
#ifdef CLOSE_RANGE_CLOEXEC
  const bool done = close_range(3, ~0u, CLOSE_RANGE_CLOEXEC) == 0;
#else
  const bool done = false;
#endif
  for (int other = 3; !done && other < 65536; ++other) fcntl(other, F_SETFD, FD_CLOEXEC);
  fcntl(kept, F_SETFD, 0);
}

[[noreturn]] void become(std::vector<std::string> arguments, const Pipe& out, const Pipe& err,
                         int keep, pid_t supervisor, const TemporaryFolder& folder,
                         const Limits& limits) {
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  if (getppid() != supervisor) _exit(127);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int nothing = open("/dev/null", O_RDONLY | O_CLOEXEC);
  if (nothing < 0) _exit(127);  // it would read the grader's input
  dup2(nothing, 0);
  dup2(out.write.number(), 1);
  dup2(err.write.number(), 2);
  keep_only(keep);
  if (sanitized) set_sanitizer_options(limits);
  setenv("TMPDIR", folder.path().c_str(), 1);
  std::vector<char*> pointers;
  for (std::string& argument : arguments) pointers.push_back(argument.data());
  pointers.push_back(nullptr);
  set_limits(limits);
  execv("/proc/self/exe", pointers.data());
  _exit(127);
}

/// Watches one child until it is dead.
class Watch {
 public:
  Watch(pid_t child, Pipe out, Pipe err, Descriptor signals, std::optional<TemporaryFolder>& folder,
        const Limits& limits)
      : child_(child),
        out_(std::move(out)),
        err_(std::move(err)),
        signals_(std::move(signals)),
        folder_(folder),
        limits_(limits) {
    for (Pipe* const pipe : {&out_, &err_}) {
      pipe->write.close();
      fcntl(pipe->read.number(), F_SETFL, O_NONBLOCK);
    }
  }

  Ending run() {
    while (!dead_) {
      wait_for_something();
      drain(out_.read, ending_.standard_output);
      drain(err_.read, ending_.standard_error);
      stop_if_over_limits();
      reap();
    }
    ending_.wall_seconds = std::chrono::duration<double>(Steady::now() - start_).count();
    ending_.left_behind = living_children().size();
    kill_descendants();
    drain(out_.read, ending_.standard_output);
    drain(err_.read, ending_.standard_error);
    return std::move(ending_);
  }

 private:
  void wait_for_something() {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(deadline_ - Steady::now());
    std::array<pollfd, 3> sources{{{out_.read.number(), POLLIN, 0},
                                   {err_.read.number(), POLLIN, 0},
                                   {signals_.number(), POLLIN, 0}}};
    poll(sources.data(), sources.size(), static_cast<int>(std::max<long>(left.count(), 0)) + 1);
    signalfd_siginfo signal{};
    if (!(sources[2].revents & POLLIN)) return;
    if (read(signals_.number(), &signal, sizeof signal) != sizeof signal) return;
    if (signal.ssi_signo == SIGCHLD) return;
    kill_descendants();
    folder_.reset();
    _exit(1);
  }

  void drain(Descriptor& from, CappedText& into) {
    std::array<char, 64 << 10> buffer;
    ssize_t count = 0;
    // A printer that is faster than we are must not keep us from looking at the limits.
    for (int reads = 0; reads < 16 && from.is_open(); ++reads) {
      count = read(from.number(), buffer.data(), buffer.size());
      if (count == 0) from.close();
      if (count <= 0) return;
      into.append({buffer.data(), static_cast<std::size_t>(count)});
    }
  }

  void stop_if_over_limits() {
    const std::size_t printed = ending_.standard_output.total() + ending_.standard_error.total();
    if (printed > limits_.output && !ending_.hit_output_limit) {
      ending_.hit_output_limit = true;
      kill(child_, SIGKILL);
    }
    if (Steady::now() < deadline_) return;
    // First a signal whose handler tells where the process hangs, then one without appeal.
    kill(child_, ending_.hit_wall_limit ? SIGKILL : SIGQUIT);
    ending_.hit_wall_limit = true;
    deadline_ = Steady::now() + std::chrono::seconds(1);
  }

  void reap() {
    for (;;) {
      int status = 0;
      rusage used{};
      const pid_t ended = wait4(-1, &status, WNOHANG, &used);
      if (ended <= 0) return;
      if (ended != child_) continue;
      dead_ = true;
      ending_.status = status;
      const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
      };
      ending_.cpu_seconds = seconds(used.ru_utime) + seconds(used.ru_stime);
    }
  }

  pid_t child_;
  Pipe out_;
  Pipe err_;
  Descriptor signals_;
  std::optional<TemporaryFolder>& folder_;
  const Limits& limits_;
  Steady::time_point start_ = Steady::now();
  Steady::time_point deadline_ = start_ + limits_.wall;
  bool dead_ = false;
  Ending ending_;
};

Descriptor take_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  for (const int signal : {SIGCHLD, SIGTERM, SIGINT, SIGHUP}) sigaddset(&signals, signal);
  sigprocmask(SIG_BLOCK, &signals, nullptr);
  return Descriptor(signalfd(-1, &signals, SFD_CLOEXEC | SFD_NONBLOCK));
}

}  // namespace

Ending run_in_sandbox(const std::vector<std::string>& arguments, int keep, const Limits& limits) {
  prctl(PR_SET_CHILD_SUBREAPER, 1);
  Descriptor signals = take_signals();
  Pipe out = make_pipe();
  Pipe err = make_pipe();
  std::optional<TemporaryFolder> folder(std::in_place);
  const pid_t supervisor = getpid();
  const pid_t child = fork();
  if (child < 0) give_up("fork");
  if (child == 0) become(arguments, out, err, keep, supervisor, *folder, limits);
  return Watch(child, std::move(out), std::move(err), std::move(signals), folder, limits).run();
}

}  // namespace octet::grading
