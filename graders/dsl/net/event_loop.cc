#include "graders/dsl/net/event_loop.h"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/net/kick.h"
#include "graders/dsl/net/proc.h"
#include "graders/dsl/net/tcp_table.h"

namespace octet::grading {
namespace {

using namespace std::chrono_literals;

// Handlers of one settle() without an end in sight: a loop that does not wait.
constexpr int too_many_handlers = 300'000;

// How often nothing has to be found to do, a moment apart: between the arrival of bytes and the
// wake-up of their reader the kernel needs a moment that nothing shows.
constexpr int quiet_looks = 3;
constexpr int moment_ms = 1;

constexpr auto enough_time = 30s;

bool kernel_is_busy_for_us() {
  const std::vector<int> descriptors = descriptors_of(getpid());
  return std::any_of(descriptors.begin(), descriptors.end(), [](int descriptor) {
    const auto end = tcp_end_of(descriptor);
    return end && something_under_way(*end);
  });
}

/// Counts the looks that found nothing to do, until there were enough to believe it.
class Quiet {
 public:
  bool now() {
    if (kernel_is_busy_for_us() && std::chrono::steady_clock::now() - start_ < enough_time) {
      looks_ = 0;
    } else if (++looks_ == quiet_looks) {
      return true;
    }
    poll(nullptr, 0, moment_ms);
    return false;
  }
  void disturb() { looks_ = 0; }

 private:
  int looks_ = 0;
  std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

}  // namespace

EventLoop::EventLoop() : hand_(Clock::duration(1h).count()) {
  Clock::follow(&hand_);
}

EventLoop::~EventLoop() {
  Clock::follow(nullptr);
}

bool EventLoop::run_ready() {
  if (io_.stopped()) io_.restart();
  return io_.poll_one() > 0;
}

void EventLoop::run_until(std::string_view what, const std::function<bool()>& done) {
  Quiet quiet;
  int handlers = 0;
  while (!done()) {
    if (run_ready()) {
      quiet.disturb();
      if (++handlers < too_many_handlers) continue;
      fail(fmt::format("waited for {}: handlers run one after the other without end", what));
    }
    if (quiet.now() && !done()) {
      fail(
          fmt::format("waited for {}, but nothing is left to do: no handler is ready, no byte is "
                      "on its way, and time stands still",
                      what));
    }
  }
}

void EventLoop::settle() {
  Quiet quiet;
  for (int handlers = 0; handlers < too_many_handlers;) {
    if (run_ready()) {
      quiet.disturb();
      ++handlers;
    } else if (quiet.now()) {
      return;
    }
  }
  fail("handlers run one after the other without end: a loop that does not wait");
}

void EventLoop::advance(Clock::duration by) {
  tell(fmt::format("the clock moves by {} ms",
                   std::chrono::duration<double, std::milli>(by).count()));
  hand_ += by.count();
  bool looked = false;
  kick(io_, [&] { looked = true; });
  run_until("the timers", [&] { return looked; });
  settle();
}

}  // namespace octet::grading
