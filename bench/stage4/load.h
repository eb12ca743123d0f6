#pragma once

#include <cstddef>

#include "bench/stage4/store.h"

namespace octet::bench {

inline constexpr std::size_t value_bytes = 64;
inline constexpr std::size_t keys = 2000;
inline constexpr int most_connections = 10;  // shared by the clients

struct LoadResult {
  double puts_per_second = 0;
  double p50_ms = 0;
  double p99_ms = 0;
  std::size_t failed = 0;
};

/// Puts by so many clients through the leader, in a closed loop: each sends its next put when its
/// last one has ended. The first half second does not count, since it opens the connections.
/// Throws std::runtime_error when a member ends, or when no put succeeds.
LoadResult measure_load(Store& store, int clients, Seconds duration);

/// Kills the leader under a client that puts through a follower every ten milliseconds, whatever
/// became of the last one. Returns the time from the kill to the first success of a put that was
/// sent after it. Throws std::runtime_error when there is none within half a minute.
Seconds measure_outage(Store& store);

}  // namespace octet::bench
