#include "graders/stage3-partitioning/operator_maps.h"

#include <algorithm>
#include <set>

namespace octet::slots {
namespace {

bool has_copy(const SlotMap& map, NodeId node, Partition partition) {
  for (std::uint32_t copy = 0; copy < map.copies; ++copy) {
    if (owner_of(map, slot_of(map, partition, copy)) == node) return true;
  }
  return false;
}

SlotMap next_of(SlotMap map) {
  map.epoch = Epoch{static_cast<std::uint64_t>(map.epoch) + 1};
  return map;
}

}  // namespace

SlotMap without(const SlotMap& map, NodeId node, grading::Random& random) {
  SlotMap next = next_of(map);
  std::set<NodeId> others(map.owners.begin(), map.owners.end());
  others.erase(node);
  for (std::uint32_t slot = 0; slot < next.owners.size(); ++slot) {
    if (next.owners[slot] != node) continue;
    std::vector<NodeId> fit;
    for (const NodeId other : others) {
      if (!has_copy(next, other, partition_of(next, Slot{slot}))) fit.push_back(other);
    }
    next.owners[slot] = fit.at(random.below(fit.size()));
  }
  return next;
}

SlotMap with(const SlotMap& map, NodeId node, grading::Random& random) {
  SlotMap next = next_of(map);
  for (std::uint32_t i = 0; i < partitions_of(next); i += 2) {
    const Partition partition{i};
    const auto copy = static_cast<std::uint32_t>(random.below(next.copies));
    if (has_copy(next, node, partition)) continue;
    next.owners[number(slot_of(next, partition, copy))] = node;
  }
  return next;
}

}  // namespace octet::slots
