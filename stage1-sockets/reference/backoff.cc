#include "backoff.h"

#include "runtime/check.h"

namespace octet::sockets {

Backoff::Backoff(BackoffConfig config, std::uint64_t seed) : config_(config), random_(seed) {}

DelayRange Backoff::range(std::uint64_t attempt) const {
  OCTET_CHECK(attempt > 0, "attempts are counted from 1");
  // The cap is shifted down, not the base up: nothing can overflow, and beyond 62 doublings any
  // base has reached any cap.
  const std::uint64_t doublings = attempt - 1;
  const bool capped = doublings > 62 || config_.base.count() > config_.cap.count() >> doublings;
  const Clock::duration max = capped ? config_.cap : config_.base * (std::int64_t{1} << doublings);
  return {.min = max / 2, .max = max};
}

Clock::duration Backoff::next_delay() {
  const DelayRange interval = range(++failed_attempts_);
  std::uniform_int_distribution<Clock::rep> draw(interval.min.count(), interval.max.count());
  return Clock::duration(draw(random_));
}

void Backoff::reset() {
  failed_attempts_ = 0;
}

}  // namespace octet::sockets
