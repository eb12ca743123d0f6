#pragma once

#include <cstddef>

#include "runtime/check.h"
#include "stage3-partitioning/api/slots.h"

namespace octet::store {

/// Counts the answers to one request. When do two of them count as two?
class Quorum {
 public:
  /// This node has answered for this slot.
  void add(slots::Slot slot, NodeId node) { YOUR_CODE_HERE; }

  std::size_t size() const { YOUR_CODE_HERE; }

  bool operator==(const Quorum&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // Lists your members that change: archive(one_, another_).
  }

 private:
  // Your members.
};

}  // namespace octet::store
