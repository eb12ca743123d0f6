#include "lamport_clock.h"

#include <algorithm>
#include <tuple>

namespace octet::clocks {

LamportClock::LamportClock(NodeId process) : process_(process) {}

LamportStamp LamportClock::tick() {
  return {.time = ++time_, .process = process_};
}

LamportStamp LamportClock::receive(const LamportStamp& message) {
  time_ = std::max(time_, message.time);
  return tick();
}

bool comes_before(const LamportStamp& left, const LamportStamp& right) {
  return std::tie(left.time, left.process) < std::tie(right.time, right.process);
}

}  // namespace octet::clocks
