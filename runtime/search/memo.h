#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "runtime/search/fingerprint.h"
#include "runtime/search/interner.h"

namespace octet::search {

/// A part of some vector.
struct Range {
  Id first = 0;
  Id count = 0;
};

/// Ranges by a host and a second id. Every step looks here, so a range lies in the table itself.
class Memo {
 public:
  /// Null when nothing is remembered.
  const Range* find(Id host, Id other) const {
    const Slot& slot = slots_[slot_of(key(host, other), slots_)];
    return slot.key == unused ? nullptr : &slot.range;
  }

  void remember(Id host, Id other, Range range) {
    if (++used_ * 2 > slots_.size()) grow();
    slots_[slot_of(key(host, other), slots_)] = {key(host, other), range};
  }

 private:
  static constexpr std::uint64_t unused = ~std::uint64_t{0};
  struct Slot {
    std::uint64_t key = unused;
    Range range = {};
  };

  static std::uint64_t key(Id host, Id other) {
    return static_cast<std::uint64_t>(host) << 32 | other;
  }

  static std::size_t slot_of(std::uint64_t key, const std::vector<Slot>& slots) {
    const std::size_t mask = slots.size() - 1;
    std::size_t slot = detail::mixed(key) & mask;
    while (slots[slot].key != unused && slots[slot].key != key) slot = (slot + 1) & mask;
    return slot;
  }

  void grow() {
    std::vector<Slot> larger(slots_.size() * 2);
    for (const Slot& slot : slots_) {
      if (slot.key != unused) larger[slot_of(slot.key, larger)] = slot;
    }
    slots_ = std::move(larger);
  }

  std::vector<Slot> slots_ = std::vector<Slot>(1024);  // a power of two; open addressing
  std::size_t used_ = 0;
};

}  // namespace octet::search
