#include "vector_clock.h"

#include "runtime/check.h"

namespace octet::clocks {

VectorClock::VectorClock(NodeId process) {
  YOUR_CODE_HERE;
}

VectorStamp VectorClock::tick() {
  YOUR_CODE_HERE;
}

VectorStamp VectorClock::receive(const VectorStamp& message) {
  YOUR_CODE_HERE;
}

Order compare(const VectorStamp& left, const VectorStamp& right) {
  YOUR_CODE_HERE;
}

}  // namespace octet::clocks
