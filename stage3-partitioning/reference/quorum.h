#pragma once

#include <cstddef>
#include <set>

#include "stage3-partitioning/api/slots.h"

namespace octet::store {

/// Counts answers to one request. Each is for a slot and of a node, and no slot and no node counts
/// twice: R and W are about distinct copies in distinct places (§4.5).
class Quorum {
 public:
  /// False when it does not count.
  bool add(slots::Slot slot, NodeId node) {
    if (slots_.contains(slot) || nodes_.contains(node)) return false;
    slots_.insert(slot);
    nodes_.insert(node);
    return true;
  }

  std::size_t size() const { return slots_.size(); }
  bool has(slots::Slot slot) const { return slots_.contains(slot); }
  bool has(NodeId node) const { return nodes_.contains(node); }

  bool operator==(const Quorum&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(slots_, nodes_);
  }

 private:
  std::set<slots::Slot> slots_;
  std::set<NodeId> nodes_;
};

}  // namespace octet::store
