#include "graders/stage2-clocks-rpc/hybrid_process.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"

namespace octet::clocks {
namespace {

using grading::fail;
using grading::tell;

/// A design may let the time go ahead when its counter is full. It must be able to count this far,
/// in its own events and in what messages have counted.
constexpr std::int64_t least_full_counter = 1000;

std::string time_text(std::int64_t time_us) {
  const std::int64_t after_noon = time_us - noon_us;
  if (after_noon == 0) return "noon";
  if (std::abs(after_noon) > 1000 * hour_us) return fmt::format("{} us", time_us);
  const char* sign = after_noon < 0 ? "-" : "+";
  const std::int64_t distance = std::abs(after_noon);
  if (distance % hour_us == 0) return fmt::format("noon {} {} h", sign, distance / hour_us);
  return fmt::format("noon {} {} us", sign, distance);
}

}  // namespace

std::string text(const HybridStamp& stamp) {
  return fmt::format("({}, counter {})", time_text(stamp.time_us), stamp.counter);
}

HybridProcess::HybridProcess(HybridConfig config, HybridStamp last)
    : config_(config), last_(last), clock_(make_hybrid_clock(config, last)) {}

HybridStamp HybridProcess::tick(std::int64_t now_us) {
  const HybridStamp stamp = clock_->tick(now_us);
  check("a step", nullptr, now_us, stamp);
  return stamp;
}

HybridStamp HybridProcess::receive(const HybridStamp& message, std::int64_t now_us) {
  const auto stamp = clock_->receive(message, now_us);
  if (!stamp) {
    fail(fmt::format("at {} a message of {} is refused, but it is not more than {} us ahead",
                     time_text(now_us), text(message), config_.max_ahead_us));
  }
  check("receives", &message, now_us, *stamp);
  return *stamp;
}

void HybridProcess::expect_refused(const HybridStamp& message, std::int64_t now_us) {
  tell(fmt::format("at {}: a message of {} comes", time_text(now_us), text(message)));
  if (const auto stamp = clock_->receive(message, now_us)) {
    fail(
        fmt::format("a message from {} us ahead must be refused, for {} us are the most; it got {}",
                    message.time_us - now_us, config_.max_ahead_us, text(*stamp)));
  }
}

void HybridProcess::restart() {
  tell(fmt::format("the process restarts, with its last stamp {}", text(last_)));
  clock_ = make_hybrid_clock(config_, last_);
}

void HybridProcess::check(const char* what, const HybridStamp* message, std::int64_t now_us,
                          const HybridStamp& stamp) {
  ++events_;
  const HybridStamp known = message == nullptr ? last_ : std::max(last_, *message);
  const int counted = last_.counter + (message == nullptr ? 0 : message->counter);
  const std::int64_t most =
      std::max(now_us, known.time_us) + 1 + (events_ + counted) / least_full_counter;
  const bool sound = known < stamp && now_us <= stamp.time_us && stamp.time_us <= most;
  if (tells_ == Tells::every_event || (tells_ == Tells::what_fails && !sound)) {
    tell(fmt::format("event {} at {}, {}{}: {}", events_, time_text(now_us), what,
                     message == nullptr ? "" : " " + text(*message), text(stamp)));
  }
  if (stamp <= last_)
    fail(fmt::format("{} is not above the stamp before, {}", text(stamp), text(last_)));
  if (stamp <= known) fail(fmt::format("{} is not above that of the message", text(stamp)));
  if (stamp.time_us < now_us) fail("the time of a stamp is never below the physical time");
  if (stamp.time_us > most) fail("the time of the stamp runs ahead of all that the process knows");
  last_ = stamp;
}

}  // namespace octet::clocks
