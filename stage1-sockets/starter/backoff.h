#pragma once

#include <cstdint>

#include "stage1-sockets/api/client.h"

namespace octet::sockets {

/// How long to wait before trying again. Each failure doubles the wait, so that a server in trouble
/// is left in peace; chance spreads the clients, so that those which failed together do not come
/// back together (AWS, "Exponential Backoff and Jitter", 2015). Pure: it reads no clock.
class Backoff {
 public:
  /// The same seed draws the same delays.
  Backoff(BackoffConfig config, std::uint64_t seed);

  /// The interval of the delay after failed attempt 1, 2, 3, ... up to the largest number there is.
  DelayRange range(std::uint64_t attempt) const;

  /// One more attempt has failed: how long to wait, drawn from the range of that attempt.
  Clock::duration next_delay();

  /// It worked: the next failure is the first again.
  void reset();

 private:
  // Your members.
};

}  // namespace octet::sockets
