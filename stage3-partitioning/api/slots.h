#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "runtime/node.h"
#include "runtime/random.h"

/// What is moved when nodes join and leave. The keys are divided into a fixed number of
/// *partitions* (Dynamo, §6.2, strategy 3), and of each there are so many *copies*. A *slot* is the
/// place of one copy of one partition. Slots never change; who owns them does.
namespace octet::slots {

enum class Slot : std::uint32_t {};
enum class Partition : std::uint32_t {};

/// Numbers the maps; a later one counts.
enum class Epoch : std::uint64_t {};

/// Who owns which slot. The operator makes these, one at a time: no two maps have the same epoch.
struct SlotMap {
  Epoch epoch{};
  std::uint32_t copies = 1;    // of each partition, above 0
  std::vector<NodeId> owners;  // by slot: all copies of partition 0, all of partition 1, ...
  bool operator==(const SlotMap&) const = default;
};

constexpr std::uint32_t number(Slot slot) {
  return static_cast<std::uint32_t>(slot);
}
constexpr std::uint32_t number(Partition partition) {
  return static_cast<std::uint32_t>(partition);
}

inline std::uint32_t partitions_of(const SlotMap& map) {
  return static_cast<std::uint32_t>(map.owners.size()) / map.copies;
}

/// Where a key is. The map has at least one partition.
inline Partition partition_of(const SlotMap& map, std::string_view key) {
  return Partition{static_cast<std::uint32_t>(mix(hash_of(key)) % partitions_of(map))};
}

inline Partition partition_of(const SlotMap& map, Slot slot) {
  return Partition{number(slot) / map.copies};
}

/// Copy 0 ... copies - 1 of a partition.
inline Slot slot_of(const SlotMap& map, Partition partition, std::uint32_t copy) {
  return Slot{number(partition) * map.copies + copy};
}

/// Throws std::out_of_range when the map has no such slot.
inline NodeId owner_of(const SlotMap& map, Slot slot) {
  return map.owners.at(number(slot));
}

}  // namespace octet::slots
