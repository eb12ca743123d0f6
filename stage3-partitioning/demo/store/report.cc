#include "stage3-partitioning/demo/store/report.h"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

namespace octet::store {
namespace {

using Shown = std::vector<std::string>;  // the values of a key

std::map<Slot, View::Keys> slots_of(const nlohmann::json& slots) {
  std::map<Slot, View::Keys> all;
  for (const auto& [number, keys] : slots.items()) {
    all[Slot{static_cast<std::uint32_t>(std::stoul(number))}] = keys.get<View::Keys>();
  }
  return all;
}

std::size_t keys_with_value(const View::Keys& keys) {
  return static_cast<std::size_t>(
      std::ranges::count_if(keys, [](const auto& key) { return !key.second.empty(); }));
}

Report::Node node_of(NodeId id, const NodeState& state, const SlotMap& map) {
  Report::Node node{.state = state};
  node.owns = static_cast<std::size_t>(std::ranges::count(map.owners, id));
  if (!state.view) return node;
  for (const auto& [slot, keys] : state.view->slots) {
    node.serves.push_back(slot);
    node.keys += keys_with_value(keys);
  }
  for (const auto& [slot, keys] : state.view->hints) node.hints += keys.size();
  return node;
}

/// What each slot that is served has, by partition: a key that a copy does not have shows nothing
/// there.
std::map<slots::Partition, std::map<Slot, const View::Keys*>> served(const SlotMap& map,
                                                                     const States& states) {
  std::map<slots::Partition, std::map<Slot, const View::Keys*>> all;
  for (const auto& [id, state] : states) {
    if (!state.view) continue;
    for (const auto& [slot, keys] : state.view->slots) {
      all[slots::partition_of(map, slot)][slot] = &keys;
    }
  }
  return all;
}

void add_keys(Report& report, const std::map<Slot, const View::Keys*>& copies) {
  std::map<std::string_view, std::vector<const Shown*>> by_key;
  for (const auto& [slot, keys] : copies) {
    for (const auto& [key, shown] : *keys) by_key[key].push_back(&shown);
  }
  for (auto& [key, shown] : by_key) {
    static const Shown nothing;
    if (shown.size() < copies.size()) shown.push_back(&nothing);
    const auto has = [&](std::size_t most) {
      return std::ranges::any_of(shown, [=](const Shown* values) { return values->size() > most; });
    };
    if (has(0)) ++report.keys;
    if (has(1)) ++report.siblings;
    if (std::ranges::any_of(shown, [&](const Shown* values) { return *values != *shown[0]; })) {
      ++report.different;
    }
  }
}

bool serves(const States& states, NodeId owner, Slot slot) {
  const auto state = states.find(owner);
  if (state == states.end() || !state->second.view) return false;
  return state->second.view->slots.contains(slot);
}

std::size_t keys_in(const States& states, Slot slot) {
  for (const auto& [id, state] : states) {
    if (!serves(states, id, slot)) continue;
    return keys_with_value(state.view->slots.at(slot));
  }
  return 0;
}

void add_moves(Report& report, const Maps& maps, const States& states) {
  for (std::uint32_t i = 0; i < maps.now.owners.size(); ++i) {
    const NodeId owner = maps.now.owners[i];
    if (maps.before.owners.at(i) != owner) {
      ++report.moved;
      report.moved_keys += keys_in(states, Slot{i});
    }
    const auto state = states.find(owner);
    const bool is_up = state != states.end() && state->second.view;
    if (is_up && !serves(states, owner, Slot{i})) ++report.on_the_way;
  }
}

}  // namespace

std::optional<View> view_of(std::string_view json) try {
  const nlohmann::json all = nlohmann::json::parse(json);
  View view;
  view.epoch = Epoch{all.at("epoch").get<std::uint64_t>()};
  view.slots = slots_of(all.at("slots"));
  view.hints = slots_of(all.at("hints"));
  return view;
} catch (const std::exception&) {
  return std::nullopt;
}

Report report_of(const Maps& maps, const States& states) {
  Report report;
  for (const auto& [id, state] : states) report.nodes[id] = node_of(id, state, maps.now);
  for (const auto& [partition, copies] : served(maps.now, states)) add_keys(report, copies);
  add_moves(report, maps, states);
  return report;
}

}  // namespace octet::store
