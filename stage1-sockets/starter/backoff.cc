#include "backoff.h"

#include "runtime/check.h"

namespace octet::sockets {

Backoff::Backoff(BackoffConfig config, std::uint64_t seed) {}

DelayRange Backoff::range(std::uint64_t attempt) const {
  YOUR_CODE_HERE;
}

Clock::duration Backoff::next_delay() {
  YOUR_CODE_HERE;
}

void Backoff::reset() {
  YOUR_CODE_HERE;
}

}  // namespace octet::sockets
