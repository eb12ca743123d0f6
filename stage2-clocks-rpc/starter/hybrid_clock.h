#pragma once

#include <cstdint>
#include <optional>

#include "stage2-clocks-rpc/api/clocks.h"

namespace octet::clocks {

/// The clock of one process, after Kulkarni et al. (2014), Fig. 5. Its stamps follow the physical
/// clock as closely as they can, and still the stamp of an event is above those of all events that
/// happened before it, whatever the physical clocks do.
///
/// Pure: whoever calls it reads the physical clock, which may stand still and may step back.
class HybridClock {
 public:
  /// `last` is the last stamp that this process gave before it restarted; of a new one it is zero.
  HybridClock(HybridConfig config, HybridStamp last);

  /// A step of this process, or the sending of a message: the stamp of this new event.
  HybridStamp tick(std::int64_t now_us);

  /// A message with this stamp has come: the stamp of the event of receiving it. Nothing when the
  /// message is more than `max_ahead_us` ahead of `now_us`; then it is as if it had never come.
  std::optional<HybridStamp> receive(const HybridStamp& message, std::int64_t now_us);

 private:
  // Your members.
};

}  // namespace octet::clocks
