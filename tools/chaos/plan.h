#pragma once

#include <cstdint>
#include <optional>

#include "runtime/random.h"
#include "tools/chaos/faults.h"

namespace octet::chaos {

/// What chance decides for one connection. The seed and the connection's number decide all of it,
/// so a run with the same connections in the same order has the same faults.
class Plan {
 public:
  Plan(const Faults& faults, std::uint64_t seed, std::uint64_t connection);

  bool is_refused() const { return is_refused_; }

  /// Reset when so many bytes were passed on, both ways together. Small numbers are as likely as
  /// large ones, so that short conversations are hit too.
  std::optional<std::uint64_t> lost_at_byte() const { return lost_at_byte_; }

  /// How long the next bytes of a direction travel.
  Clock::duration next_delay(Direction direction);

 private:
  Clock::duration delay_;
  Clock::duration jitter_;
  Random up_;
  Random down_;
  bool is_refused_ = false;
  std::optional<std::uint64_t> lost_at_byte_;
};

}  // namespace octet::chaos
