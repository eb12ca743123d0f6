#include "hybrid_clock.h"

#include <algorithm>
#include <limits>

namespace octet::clocks {
namespace {

HybridStamp successor(HybridStamp stamp) {
  // A counter that started again below the same time would let stamps decrease. The time may go
  // ahead by a microsecond: that is 65,536 events later.
  if (stamp.counter == std::numeric_limits<std::uint16_t>::max()) {
    return {.time_us = stamp.time_us + 1, .counter = 0};
  }
  ++stamp.counter;
  return stamp;
}

}  // namespace

HybridClock::HybridClock(HybridConfig config, HybridStamp last) : config_(config), last_(last) {}

HybridStamp HybridClock::tick(std::int64_t now_us) {
  return next(now_us);
}

std::optional<HybridStamp> HybridClock::receive(const HybridStamp& message, std::int64_t now_us) {
  // Measured from the physical time: from last_, each message could lead a little further.
  const bool is_ahead = message.time_us > now_us;
  if (is_ahead && message.time_us - now_us > config_.max_ahead_us) return std::nullopt;
  last_ = std::max(last_, message);
  return next(now_us);
}

/// The cases of Fig. 5 are one: take the physical time when it is ahead of all that is known, else
/// what comes next after the largest stamp.
HybridStamp HybridClock::next(std::int64_t now_us) {
  last_ = now_us > last_.time_us ? HybridStamp{.time_us = now_us} : successor(last_);
  return last_;
}

}  // namespace octet::clocks
