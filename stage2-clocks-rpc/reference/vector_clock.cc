#include "vector_clock.h"

#include <algorithm>

namespace octet::clocks {
namespace {

std::uint64_t entry(const VectorStamp& stamp, NodeId process) {
  const auto found = stamp.entries.find(process);
  return found == stamp.entries.end() ? 0 : found->second;
}

/// Whether everything that `inner` knows, `outer` knows too. What `inner` has no entry for cannot
/// speak against that.
bool is_within(const VectorStamp& inner, const VectorStamp& outer) {
  return std::ranges::all_of(inner.entries, [&](const auto& of_process) {
    return of_process.second <= entry(outer, of_process.first);
  });
}

}  // namespace

VectorClock::VectorClock(NodeId process) : process_(process) {}

VectorStamp VectorClock::tick() {
  ++seen_.entries[process_];
  return seen_;
}

VectorStamp VectorClock::receive(const VectorStamp& message) {
  for (const auto& [process, events] : message.entries) {
    std::uint64_t& known = seen_.entries[process];
    known = std::max(known, events);
  }
  return tick();
}

Order compare(const VectorStamp& left, const VectorStamp& right) {
  const bool left_within_right = is_within(left, right);
  const bool right_within_left = is_within(right, left);
  if (left_within_right && right_within_left) return Order::equal;
  if (left_within_right) return Order::before;
  if (right_within_left) return Order::after;
  return Order::concurrent;
}

}  // namespace octet::clocks
