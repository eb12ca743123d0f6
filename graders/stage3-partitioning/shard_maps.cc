#include "graders/stage3-partitioning/shard_maps.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace octet::shards::trial {

std::vector<NodeId> servers_of_size(std::size_t size) {
  const std::vector<NodeId> pool = {21, 4, 9, 37, 2, 50, 13};
  return {pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(size)};
}

std::vector<NodeId> without(const std::vector<NodeId>& servers, const std::vector<NodeId>& these) {
  std::vector<NodeId> rest;
  std::ranges::copy_if(servers, std::back_inserter(rest),
                       [&](NodeId id) { return std::ranges::count(these, id) == 0; });
  return rest;
}

SlotMap dealt_to(const std::vector<NodeId>& members, std::uint32_t slots) {
  SlotMap map{.epoch = Epoch{1}, .copies = 1, .owners = {}};
  for (std::uint32_t i = 0; i < slots; ++i) map.owners.push_back(members[i % members.size()]);
  return map;
}

SlotMap changed(const SlotMap& map, const std::map<Slot, NodeId>& owners) {
  SlotMap next = map;
  next.epoch = Epoch{number(map.epoch) + 1};
  for (const auto& [slot, owner] : owners) next.owners.at(slots::number(slot)) = owner;
  return next;
}

SlotMap dealt_anew(const SlotMap& map, const std::vector<NodeId>& members) {
  SlotMap next = dealt_to(members, static_cast<std::uint32_t>(map.owners.size()));
  next.epoch = Epoch{number(map.epoch) + 1};
  return next;
}

std::string key_in(const SlotMap& map, Slot slot, int number) {
  int found = 0;
  for (int i = 0;; ++i) {
    std::string key = fmt::format("key {}", i);
    const Slot place = slots::slot_of(map, slots::partition_of(map, key), 0);
    if (place == slot && found++ == number) return key;
  }
}

std::string name(NodeId id) {
  return fmt::format("server {}", id.value);
}

std::string text_of(const SlotMap& map) {
  std::string text;
  for (std::size_t i = 0; i < map.owners.size(); ++i) {
    text += fmt::format("{}{}: {}", i == 0 ? "" : ", ", i, map.owners[i].value);
  }
  return "{" + text + "}";
}

}  // namespace octet::shards::trial
