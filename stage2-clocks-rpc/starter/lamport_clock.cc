#include "lamport_clock.h"

#include "runtime/check.h"

namespace octet::clocks {

LamportClock::LamportClock(NodeId process) {
  YOUR_CODE_HERE;
}

LamportStamp LamportClock::tick() {
  YOUR_CODE_HERE;
}

LamportStamp LamportClock::receive(const LamportStamp& message) {
  YOUR_CODE_HERE;
}

bool comes_before(const LamportStamp& left, const LamportStamp& right) {
  YOUR_CODE_HERE;
}

}  // namespace octet::clocks
