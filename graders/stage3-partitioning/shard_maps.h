#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <vector>

#include "stage3-partitioning/api/slots.h"

/// The maps that operators make in tests. They never ask the solution's plan().
///
/// What graders of this part share is in a namespace of its own: a solution may have the same
/// names.
namespace octet::shards::trial {

using slots::Epoch;
using slots::Slot;
using slots::SlotMap;

/// So many servers, with ids that are neither contiguous nor in order.
std::vector<NodeId> servers_of_size(std::size_t size);

std::vector<NodeId> without(const std::vector<NodeId>& servers, const std::vector<NodeId>& these);

/// The first map: one copy of each partition, dealt out in turn.
SlotMap dealt_to(const std::vector<NodeId>& members, std::uint32_t slots);

/// The next map after that one, in which these slots have other owners.
SlotMap changed(const SlotMap& map, const std::map<Slot, NodeId>& owners);

/// The next map after that one, in which all slots are dealt out in turn.
SlotMap dealt_anew(const SlotMap& map, const std::vector<NodeId>& members);

/// A key that belongs into this slot; another one for each number.
std::string key_in(const SlotMap& map, Slot slot, int number = 0);

constexpr std::uint64_t number(Epoch epoch) {
  return static_cast<std::uint64_t>(epoch);
}

/// "server 21".
std::string name(NodeId id);

/// "{0: 21, 1: 4}".
std::string text_of(const SlotMap& map);

}  // namespace octet::shards::trial
