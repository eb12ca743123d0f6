#include "graders/dsl/runner.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/signalfd.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <list>
#include <system_error>

#include "graders/dsl/progress.h"
#include "runtime/descriptor.h"

namespace octet::grading {
namespace {

/// A supervisor at work on one test with one seed.
struct Running {
  pid_t supervisor = -1;
  Descriptor outcome;
  std::string received;
  std::size_t test = 0;
  std::uint64_t seed = 0;
};

/// Blocks the signals that end a run, to read them where it suits.
class StopSignals {
 public:
  StopSignals() {
    sigset_t signals;
    sigemptyset(&signals);
    for (const int signal : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals, signal);
    sigprocmask(SIG_BLOCK, &signals, &before_);
    descriptor_ = Descriptor(signalfd(-1, &signals, SFD_CLOEXEC));
  }
  ~StopSignals() { sigprocmask(SIG_SETMASK, &before_, nullptr); }
  int descriptor() const { return descriptor_.number(); }
  /// Takes the signal that has come, so that it does not strike when signals are let in again.
  void take() const {
    signalfd_siginfo signal{};
    if (read(descriptor(), &signal, sizeof signal) < 0) return;
  }

 private:
  sigset_t before_{};
  Descriptor descriptor_;
};

void write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = write(descriptor, bytes.data(), bytes.size());
    if (count <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
}

[[noreturn]] void supervise(int outcome, pid_t runner, const TestOrder& order,
                            const Limits& limits) {
  setpgid(0, 0);  // the terminal's signals are for the runner alone
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  if (getppid() != runner) _exit(1);
  write_all(outcome, encode(run_test(order, limits)));
  _exit(0);
}

class Runner {
 public:
  Runner(const std::vector<PlacedTest>& tests, const Request& request)
      : request_(request), progress_(tests) {
    for (const PlacedTest& placed : tests) {
      TestResult& result = results_.emplace_back();
      result.placed = placed;
      result.seed = request.seed;
    }
    open_.assign(tests.size(), request.seeds);
  }

  std::optional<std::vector<TestResult>> run() {
    while (start_more() || !running_.empty()) {
      if (!wait()) {
        stop();
        return std::nullopt;
      }
    }
    return std::move(results_);
  }

 private:
  bool has_failed(std::size_t test) const {
    return results_[test].seeds_run > 0 && !results_[test].passed();
  }

  /// Starts what there is room for. Seeds start in order, so when one fails, all lower ones have
  /// been started too, and the first failing seed does not depend on timing.
  bool start_more() {
    while (running_.size() < request_.jobs && next_test_ < results_.size()) {
      if (has_failed(next_test_)) {
        open_[next_test_] -= request_.seeds - next_seed_;
        if (open_[next_test_] == 0) progress_.finish(results_[next_test_]);
        next_seed_ = request_.seeds;
      } else {
        start(next_test_, request_.seed + next_seed_++);
      }
      if (next_seed_ < request_.seeds) continue;
      next_seed_ = 0;
      ++next_test_;
    }
    return next_test_ < results_.size();
  }

  void start(std::size_t test, std::uint64_t seed) {
    std::array<int, 2> ends;
    if (pipe2(ends.data(), O_CLOEXEC) != 0) {
      throw std::system_error(errno, std::generic_category(), "pipe");
    }
    Descriptor read(ends[0]);
    const Descriptor write(ends[1]);
    const pid_t runner = getpid();
    const pid_t supervisor = fork();
    if (supervisor < 0) throw std::system_error(errno, std::generic_category(), "fork");
    if (supervisor == 0) {
      supervise(write.number(), runner, order_of(results_[test].placed.name(), seed),
                request_.limits);
    }
    progress_.show(results_[test].placed);
    running_.push_back({supervisor, std::move(read), {}, test, seed});
  }

  TestOrder order_of(const std::string& test, std::uint64_t seed) const {
    TestOrder order{.test = test,
                    .seed = seed,
                    .traces = request_.traces,
                    .keep_passing = request_.keep_passing};
    order.replay = replay_command(request_.stage, request_.solution, order);
    return order;
  }

  /// Returns when something has come from a supervisor; false when a signal says stop.
  bool wait() {
    std::vector<pollfd> sources{{signals_.descriptor(), POLLIN, 0}};
    for (const Running& each : running_) sources.push_back({each.outcome.number(), POLLIN, 0});
    if (poll(sources.data(), sources.size(), -1) < 0) return errno == EINTR;
    if (sources.front().revents != 0) {
      signals_.take();
      return false;
    }
    auto each = running_.begin();
    for (std::size_t i = 1; i < sources.size(); ++i) {
      const auto here = each++;
      if (sources[i].revents != 0 && !receive(*here)) {
        finish(*here);
        running_.erase(here);
      }
    }
    return true;
  }

  bool receive(Running& from) {
    std::array<char, 64 << 10> buffer;
    const ssize_t count = read(from.outcome.number(), buffer.data(), buffer.size());
    if (count > 0) from.received.append(buffer.data(), static_cast<std::size_t>(count));
    return count > 0;
  }

  void finish(const Running& ended) {
    waitpid(ended.supervisor, nullptr, 0);
    TestResult& result = results_[ended.test];
    Outcome outcome = decode(ended.received);
    const bool first = result.seeds_run++ == 0;
    const bool lower_failure =
        !outcome.passed && (first || result.passed() || ended.seed < result.seed);
    if (lower_failure) result.seed = ended.seed;
    if (first || lower_failure) result.outcome = std::move(outcome);
    if (--open_[ended.test] == 0) progress_.finish(result);
  }

  void stop() {
    for (const Running& each : running_) kill(each.supervisor, SIGTERM);
    for (const Running& each : running_) waitpid(each.supervisor, nullptr, 0);
    running_.clear();
  }

  const Request& request_;
  StopSignals signals_;
  Progress progress_;
  std::vector<TestResult> results_;
  std::vector<std::uint64_t> open_;  // per test, how many seeds have not ended
  std::list<Running> running_;
  std::size_t next_test_ = 0;
  std::uint64_t next_seed_ = 0;
};

}  // namespace

std::optional<std::vector<TestResult>> run_tests(const std::vector<PlacedTest>& tests,
                                                 const Request& request) {
  return Runner(tests, request).run();
}

}  // namespace octet::grading
