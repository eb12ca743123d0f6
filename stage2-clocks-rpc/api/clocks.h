#pragma once

#include <compare>
#include <cstdint>
#include <map>

#include "runtime/node.h"

/// The stamps that logical clocks put on events. An event is something that one process does: a
/// step of its own, the sending of a message, or the receiving of one. A message carries the stamp
/// of the event that sent it.
///
/// Event a *happened before* event b, a -> b, when both are of one process and a came first, or
/// when b received what a sent, or by way of events between them (Lamport 1978). Two events of
/// which neither happened before the other are *concurrent*.
///
/// All stamps are plain values, so a message can hold them and bytes can be made of them.
namespace octet::clocks {

/// Lamport (1978). The times of equal stamps are equal, and so are their processes.
struct LamportStamp {
  std::uint64_t time = 0;  // C of the paper
  NodeId process;          // whose event it is; decides between equal times
  bool operator==(const LamportStamp&) const = default;
};

/// Fidge (1988), Mattern (1989): for each process how many of its events are known. A process
/// without an entry counts as 0, and so does one whose entry is 0.
struct VectorStamp {
  std::map<NodeId, std::uint64_t> entries;
  bool operator==(const VectorStamp&) const = default;  // the same entries; see Order::equal
};

/// What two vector stamps say about their events.
enum class Order { before, after, equal, concurrent };

/// Kulkarni et al. (2014): physical time, with a counter for what one reading of the clock cannot
/// tell apart. Stamps are compared by time, then by counter.
struct HybridStamp {
  std::int64_t time_us = 0;   // l of the paper: microseconds since 1970
  std::uint16_t counter = 0;  // c of the paper
  auto operator<=>(const HybridStamp&) const = default;
};

struct HybridConfig {
  /// A message from further in the future than this is refused; INT64_MAX: none is.
  std::int64_t max_ahead_us = 500'000;
};

}  // namespace octet::clocks
