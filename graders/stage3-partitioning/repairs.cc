#include "graders/stage3-partitioning/repairs.h"

#include <fmt/format.h>

#include <functional>
#include <map>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/text.h"
#include "runtime/erase/json.h"

namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::fail;

/// Looking at a node shows all that it has; so not after every event.
constexpr Duration step = 50ms;

/// Without what was deleted.
View::Keys there(const View::Keys& keys) {
  View::Keys there = keys;
  std::erase_if(there, [](const auto& entry) { return entry.second.empty(); });
  return there;
}

struct Copy {
  NodeId node;
  Slot slot{};
  View::Keys keys;
};

Values values_of(const Copy& copy, const std::string& key) {
  const auto place = copy.keys.find(key);
  return place == copy.keys.end() ? Values() : place->second;
}

std::string difference(const Copy& one, const Copy& other) {
  for (const auto& [key, values] : one.keys) {
    const Values others = values_of(other, key);
    if (values == others) continue;
    return fmt::format("{} has {} for key {}, and {} has {}", name(one.node), text_of(values),
                       in_quotes(key), name(other.node), text_of(others));
  }
  return one.keys.size() == other.keys.size() ? "" : difference(other, one);
}

/// Runs until there is no complaint, and returns it when there is still one in the end.
std::string wait(sim::World& world, Duration within,
                 const std::function<std::string()>& complaint) {
  std::string last = complaint();
  for (const Duration end = world.now() + within; !last.empty() && world.now() < end;) {
    world.run_for(step);
    if (!world.failure().empty()) return "";
    last = complaint();
  }
  return last;
}

}  // namespace

std::string OnePartition::key(const std::string& begin) const {
  std::string key = begin;
  while (partition_of(map, key) != partition_of(map, "")) key += '+';
  return key;
}

Values held(const StoreCluster& store, NodeId node, const std::string& key) {
  const View view = store.view(node);
  for (const Slot slot : store.slots_of(key)) {
    const auto place = view.slots.find(slot);
    if (place != view.slots.end()) return values_of({node, slot, place->second}, key);
  }
  return {};
}

std::string difference(const sim::World& world, const StoreCluster& store) {
  std::map<slots::Partition, Copy> first;
  for (const NodeId node : store.nodes()) {
    if (!world.is_up(node)) continue;
    for (const auto& [slot, keys] : store.view(node).slots) {
      const Copy copy{node, slot, there(keys)};
      const auto [place, is_first] = first.try_emplace(partition_of(store.map(), slot), copy);
      if (is_first) continue;
      if (std::string found = difference(place->second, copy); !found.empty()) return found;
    }
  }
  return "";
}

std::string hints_left(const sim::World& world, const StoreCluster& store) {
  for (const NodeId node : store.nodes()) {
    if (!world.is_up(node)) continue;
    for (const auto& [slot, keys] : store.view(node).hints) {
      if (keys.empty()) continue;
      return fmt::format("{} still has a hint of key {} for slot {}", name(node),
                         in_quotes(keys.begin()->first), slots::number(slot));
    }
  }
  return "";
}

std::vector<NodeId> hinted_at(const sim::World& world, const StoreCluster& store, Slot slot,
                              const std::string& key) {
  std::vector<NodeId> nodes;
  for (const NodeId node : store.nodes()) {
    if (!world.is_up(node)) continue;
    const View view = store.view(node);
    const auto place = view.hints.find(slot);
    if (place != view.hints.end() && place->second.contains(key)) nodes.push_back(node);
  }
  return nodes;
}

void wait_until_equal(sim::World& world, const StoreCluster& store) {
  const std::string found = wait(world, store.repaired(), [&] { return difference(world, store); });
  if (found.empty()) return;
  fail(fmt::format("nothing has been written or read for {}, and {} (AE4)",
                   erase::duration_text(store.repaired()), found));
}

void wait_until_given_away(sim::World& world, const StoreCluster& store) {
  const std::string found = wait(world, store.repaired(), [&] { return hints_left(world, store); });
  if (found.empty()) return;
  fail(fmt::format("{}, {} after it could reach the owner (AE2)", found,
                   erase::duration_text(store.repaired())));
}

void wait_until_held(sim::World& world, const StoreCluster& store, NodeId node,
                     const std::string& key, const Values& values, Duration within,
                     const std::string& why) {
  const std::string found = wait(world, within, [&]() -> std::string {
    const Values now = held(store, node, key);
    return now == values ? "" : text_of(now);
  });
  if (found.empty()) return;
  fail(fmt::format("after {} the copy of {} has {} for key {}, and not {}: {}",
                   erase::duration_text(within), name(node), found, in_quotes(key), text_of(values),
                   why));
}

void replace(StoreCluster& store, NodeId node, const std::string& key,
             const std::optional<std::string>& value) {
  const std::string context = store.got(store.get(node, key)).context;
  store.stored(value ? store.put(node, key, *value, context) : store.del(node, key, context));
}

std::shared_ptr<Traffic> measure(sim::World& world) {
  auto traffic = std::make_shared<Traffic>();
  world.drop([=](const sim::Envelope& sent) {
    ++traffic->messages;
    traffic->bytes += sent.bytes.size();
    return false;  // it only measures
  });
  return traffic;
}

void delay_all_with(sim::World& world, const std::string& bytes, Duration by) {
  world.delay(
      [=](const sim::Envelope& sent) { return sent.bytes.find(bytes) != std::string_view::npos; },
      by);
}

void isolate(sim::World& world, const std::vector<NodeId>& nodes) {
  for (const NodeId node : nodes) world.isolate(node);
}

std::string name(NodeId node) {
  return fmt::format("node {}", node.value);
}

std::string in_quotes(const std::string& key) {
  std::string text;
  erase::write_json_string(text, key);
  return grading::shortened(text, 40);
}

std::string text_of(const Values& values) {
  if (values.empty()) return "nothing";
  std::string text;
  for (const std::string& value : values) text += (text.empty() ? "" : ", ") + in_quotes(value);
  return grading::shortened("[" + text + "]", 100);
}

}  // namespace octet::store
