#include "graders/dsl/net/server_process.h"

#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

#include "graders/dsl/crash_trace.h"
#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/hosted.h"
#include "graders/dsl/net/proc.h"
#include "graders/dsl/sanitizers.h"

namespace octet::grading {
namespace {

using namespace std::chrono_literals;

// What a server may use up while nothing happens before that is a mistake of its own.
constexpr auto restless_cpu = 1s;

// Shorter than what a missing answer is given: too short a look can only miss a mistake here.
constexpr auto settle_window = 50ms;

std::string describe_end(int status, const HostedState& state) {
  if (state.message[0] != '\0') return state.message.data();
  if (WIFSIGNALED(status)) {
    return fmt::format("it was killed by {}", signal_name(WTERMSIG(status)));
  }
  if (state.finished) return "it has stopped";
  return fmt::format("it called {}({})", state.exited ? "exit" : "_exit", WEXITSTATUS(status));
}

std::string describe(Patience::Over why) {
  switch (why) {
    case Patience::Over::ended:
      return "has ended";
    case Patience::Over::idle:
      return "is idle: every thread sleeps and nothing will wake it";
    case Patience::Over::busy:
      return "is busy without end: 3 s of processor time, nothing to show";
    case Patience::Over::stuck:
      return "neither worked nor slept for 30 s";
  }
  return {};
}

}  // namespace

ServerProcess::ServerProcess(StartServer start, Options options)
    : name_(std::move(options.name)), memory_limit_(options.memory_limit), state_(share_state()) {
  this->start(start);
  Patience patience(*this);
  while (!answered(ready)) {
    if (const auto over = patience.wait(control_, POLLIN)) {
      if (answered(ready)) break;
      give_up(*over, fmt::format("{} did not start", name_));
    }
  }
  port_ = state_->port;
  tell(fmt::format("{} starts", name_));
}

void ServerProcess::start(const StartServer& start) {
  std::array<int, 2> ends = {};
  if (socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) != 0) {
    throw std::system_error(errno, std::generic_category(), "socketpair");
  }
  pid_ = fork();
  if (pid_ < 0) throw std::system_error(errno, std::generic_category(), "fork");
  if (pid_ == 0) host(start, *state_, ends[1], memory_limit_);
  close(ends[1]);
  control_ = ends[0];
}

ServerProcess::~ServerProcess() {
  if (!ended()) {
    kill(pid_, SIGKILL);
    waitpid(pid_, nullptr, 0);
  }
  if (control_ >= 0) close(control_);
}

void ServerProcess::command(char request) {
  if (::send(control_, &request, 1, MSG_NOSIGNAL) != 1) {
    settle();  // says how it ended
    fail(fmt::format("{} does not listen to the test", name_));
  }
}

bool ServerProcess::answered(char request) {
  char answer = 0;
  const ssize_t size = recv(control_, &answer, 1, MSG_DONTWAIT);
  if (size == 0) close(std::exchange(control_, -1));  // the end of it can be seen soon
  return size == 1 && answer == request;
}

void ServerProcess::advance(Clock::duration by) {
  tell(fmt::format("the clock moves by {} ms",
                   std::chrono::duration<double, std::milli>(by).count()));
  state_->clock += by.count();
  look_at_clock();
}

void ServerProcess::look_at_clock() {
  command(grading::look_at_clock);
  Patience patience(*this);
  while (!answered(grading::look_at_clock)) {
    if (const auto over = patience.wait(control_, POLLIN)) {
      if (answered(grading::look_at_clock)) break;
      give_up(*over, fmt::format("{} did not look at the clock", name_));
    }
  }
}

void ServerProcess::stop() {
  tell(fmt::format("{} is told to stop", name_));
  command(grading::stop);
  Patience patience(*this);
  while (!ended()) {
    const auto over = patience.wait(-1, 0);
    if (!over || *over == Patience::Over::ended) continue;
    give_up(*over, fmt::format("after stop() the event loop of {} still has work to do: an "
                               "operation is pending that nobody cancelled",
                               name_));
  }
  if (!state_->finished) give_up(Patience::Over::ended, fmt::format("{} did not stop", name_));
}

std::optional<std::string> ServerProcess::ended() {
  int status = 0;
  const int wait_if_ending = is_ending(pid_) ? 0 : WNOHANG;
  if (!status_ && waitpid(pid_, &status, wait_if_ending) == pid_) status_ = status;
  if (!status_) return std::nullopt;
  return describe_end(*status_, *state_);
}

void ServerProcess::settle() {
  Patience patience(*this, settle_window);
  while (!patience.server_is_ticking()) {
    const auto over = patience.wait(-1, 0);
    if (over == Patience::Over::idle) return;
    if (over) give_up(*over, fmt::format("{} does not come to rest", name_));
  }
}

void ServerProcess::expect_at_rest() {
  Patience patience(*this, settle_window);
  const auto cpu = cpu_time_of(pid_);
  while (!patience.server_is_ticking()) {
    const auto over = patience.wait(-1, 0);
    if (over == Patience::Over::idle) return;
    if (over) give_up(*over, fmt::format("{} does not come to rest", name_));
    if (cpu_time_of(pid_) - cpu > restless_cpu) {
      fail(
          fmt::format("{} keeps the processor busy although nothing happens: a loop that does "
                      "not wait",
                      name_));
    }
  }
}

void ServerProcess::pause() {
  kill(pid_, SIGSTOP);
  const auto running = [](const ThreadState& thread) { return thread.state != 'T'; };
  for (;;) {
    const auto threads = threads_of(pid_);
    if (std::none_of(threads.begin(), threads.end(), running) || ended()) return;
  }
}

void ServerProcess::resume() {
  kill(pid_, SIGCONT);
}

void ServerProcess::limit_descriptors(std::optional<std::size_t> more) {
  rlimit limit = {};
  if (!more) {
    getrlimit(RLIMIT_NOFILE, &limit);
  } else {
    // The system limits the highest number, so count the free numbers from below.
    const std::vector<int> open = descriptors_of(pid_);
    std::size_t free = 0;
    int next = 0;
    while (free < *more || std::binary_search(open.begin(), open.end(), next)) {
      if (!std::binary_search(open.begin(), open.end(), next)) ++free;
      ++next;
    }
    limit = {.rlim_cur = static_cast<rlim_t>(next), .rlim_max = RLIM_INFINITY};
    rlimit now = {};
    getrlimit(RLIMIT_NOFILE, &now);
    limit.rlim_max = now.rlim_max;
  }
  if (prlimit(pid_, RLIMIT_NOFILE, &limit, nullptr) != 0) {
    throw std::system_error(errno, std::generic_category(), "prlimit");
  }
}

std::size_t ServerProcess::open_descriptors() const {
  return descriptors_of(pid_).size();
}

std::size_t ServerProcess::memory() {
  look_at_clock();
  return state_->allocated;
}

std::size_t ServerProcess::peak_memory() const {
  return sanitized ? 0 : bytes_of(pid_, "status", "VmHWM");
}

std::size_t ServerProcess::largest_allocation() {
  look_at_clock();
  return state_->largest_allocation;
}

void ServerProcess::give_up(Patience::Over why, const std::string& what) {
  if (state_->not_written) fail(state_->message.data());
  if (why == Patience::Over::ended) fail(fmt::format("{}: {}", what, *ended()));
  fail(fmt::format("{}; {} {}", what, name_, describe(why)));
}

}  // namespace octet::grading
