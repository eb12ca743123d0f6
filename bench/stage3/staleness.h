#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "bench/stage3/quorums.h"
#include "runtime/node.h"
#include "runtime/sim/network.h"

namespace octet::bench {

/// The median of some latencies, and what 99 in 100 do not exceed, in ms.
struct Latency {
  double median_ms = 0;
  double p99_ms = 0;
};

/// What R and W cost and buy in a simulated network.
struct Staleness {
  /// Reads that begin so long after a write was acknowledged.
  struct Point {
    Duration after{};
    double missed = 0;  // the share of them that do not show the write, 0 to 1
  };

  Quorums quorums;
  std::vector<Point> points;  // by time, from 0 to 50 ms
  Latency writes;             // from the request to its acknowledgement
  Latency reads;
};

/// A tail as networks and busy machines have it: a message takes 1 to 3 ms, and one in ten takes up
/// to 40 ms longer. Everything between these bounds is equally likely.
sim::NetworkOptions network_with_a_tail();

/// Runs three of the solution's store nodes in the simulator; each has a copy of every key, and a
/// disk that needs 0.5 ms. For each point so many times: a new key is written through one node,
/// and read through another one (t-visibility; Bailis et al., "Probabilistically Bounded Staleness
/// for Practical Partial Quorums", VLDB 2012). Copies are not compared meanwhile: what is seen is
/// what quorums do.
///
/// The same seed gives the same result. Throws std::runtime_error when a request fails, and
/// NotWritten when the solution has no store.
Staleness simulate_staleness(const Quorums& quorums, std::size_t trials, std::uint64_t seed);

}  // namespace octet::bench
