#pragma once

#include <cstddef>
#include <set>

#include "stage3-partitioning/api/slots.h"

namespace octet::store {

/// Counts answers to one request. Each is for a slot and of a node, and none of them counts twice:
/// not the same copy again, and no second copy that the same crash would take (§4.5).
class Quorum {
 public:
  void add(slots::Slot slot, NodeId node) {
    if (has(slot) || has(node)) return;
    slots_.insert(slot);
    nodes_.insert(node);
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
