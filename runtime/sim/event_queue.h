#pragma once

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/node.h"

namespace octet::sim {

/// What is going to happen, earliest first; at the same time, what was added first. O(log n).
template <class Event>
class EventQueue {
 public:
  void add(Duration at, Event event) { add(at, ++added_ | after_the_urgent, std::move(event)); }

  /// Before all that add() has for that time.
  void add_urgent(Duration at, Event event) { add(at, ++added_, std::move(event)); }

  bool empty() const { return heap_.empty(); }
  Duration next() const { return heap_.front().at; }

  Event take() {
    std::pop_heap(heap_.begin(), heap_.end(), later);
    const std::uint32_t slot = heap_.back().slot;
    heap_.pop_back();
    free_.push_back(slot);
    return std::move(events_[slot]);
  }

 private:
  struct Entry {
    Duration at;
    std::uint64_t order;
    std::uint32_t slot;
  };

  static constexpr std::uint64_t after_the_urgent = std::uint64_t{1} << 63;

  void add(Duration at, std::uint64_t order, Event event) {
    std::uint32_t slot = 0;
    if (free_.empty()) {
      slot = static_cast<std::uint32_t>(events_.size());
      events_.push_back(std::move(event));
    } else {
      slot = free_.back();
      free_.pop_back();
      events_[slot] = std::move(event);
    }
    heap_.push_back({at, order, slot});
    std::push_heap(heap_.begin(), heap_.end(), later);
  }

  static bool later(const Entry& one, const Entry& other) {
    return one.at != other.at ? one.at > other.at : one.order > other.order;
  }

  std::vector<Entry> heap_;  // small entries, so that moving them about is cheap
  std::vector<Event> events_;
  std::vector<std::uint32_t> free_;
  std::uint64_t added_ = 0;
};

}  // namespace octet::sim
