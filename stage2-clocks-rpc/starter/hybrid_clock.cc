#include "hybrid_clock.h"

#include "runtime/check.h"

namespace octet::clocks {

HybridClock::HybridClock(HybridConfig config, HybridStamp last) {
  YOUR_CODE_HERE;
}

HybridStamp HybridClock::tick(std::int64_t now_us) {
  YOUR_CODE_HERE;
}

std::optional<HybridStamp> HybridClock::receive(const HybridStamp& message, std::int64_t now_us) {
  YOUR_CODE_HERE;
}

}  // namespace octet::clocks
