#include "tools/chaos/plan.h"

#include <fmt/format.h>

#include <algorithm>

namespace octet::chaos {
namespace {

Random stream(std::uint64_t seed, std::uint64_t connection, const char* purpose) {
  return {seed, fmt::format("chaos {} {}", connection, purpose)};
}

bool happens(Random& random, double share) {
  constexpr std::uint64_t million = 1'000'000;
  return static_cast<double>(random.below(million)) < share * static_cast<double>(million);
}

}  // namespace

Plan::Plan(const Faults& faults, std::uint64_t seed, std::uint64_t connection)
    : delay_(faults.delay),
      jitter_(faults.jitter),
      up_(stream(seed, connection, "up")),
      down_(stream(seed, connection, "down")) {
  Random refusals = stream(seed, connection, "refuse");
  is_refused_ = happens(refusals, faults.refuse);

  Random losses = stream(seed, connection, "loss");
  if (happens(losses, faults.loss_of_connection)) {
    const std::uint64_t magnitude = std::uint64_t{1} << losses.below(16);  // 1 ... 32 KiB
    lost_at_byte_ = magnitude + losses.below(magnitude);
  }
}

Clock::duration Plan::next_delay(Direction direction) {
  if (jitter_.count() == 0) return delay_;
  Random& random = direction == Direction::up ? up_ : down_;
  const auto width = static_cast<std::uint64_t>(2 * jitter_.count() + 1);
  const Clock::duration drawn =
      delay_ - jitter_ + Clock::duration(static_cast<Clock::rep>(random.below(width)));
  return std::max(drawn, Clock::duration(0));
}

}  // namespace octet::chaos
