#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stage3-partitioning/api/slots.h"

/// The maps of the cluster that people run.
namespace octet::slots {

constexpr std::uint32_t partitions_in_demo = 16;
constexpr std::uint32_t most_copies_in_demo = 3;

/// Epoch 1: three copies of each partition, or as many as there are members.
SlotMap founding_map(const std::vector<NodeId>& members);

/// Who owns slots, in the order of their numbers.
std::vector<NodeId> members_of(const SlotMap& map);

/// "map 1 3 1 2 3 ...": the epoch, the copies, and the owners by slot.
std::string text_of(const SlotMap& map);
std::optional<SlotMap> map_of(std::string_view text);

}  // namespace octet::slots
