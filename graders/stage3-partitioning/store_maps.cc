#include "graders/stage3-partitioning/store_maps.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "runtime/erase/json.h"

namespace octet::store {

SlotMap next_map(const SlotMap& map, const std::vector<NodeId>& members) {
  SlotMap next = map;
  next.epoch = Epoch{static_cast<std::uint64_t>(map.epoch) + 1};
  for (std::size_t slot = 0; slot < next.owners.size(); ++slot) {
    next.owners[slot] = members[(slot / map.copies + slot) % members.size()];
  }
  return next;
}

void tell_map(sim::World& world, const SlotMap& map, NodeId node) {
  world.input<Input>(node, NewMap{map});
}

SlotMap keep_changing_maps(sim::World& world, StoreCluster& store, Duration every, Duration until) {
  grading::Random random(world.seed(), "maps");
  SlotMap map = store.map();
  for (Duration at = world.now() + every / 2; at < until; at += every) {
    std::vector<NodeId> members = store.nodes();
    while (members.size() > map.copies && random.below(3) > 0) {
      members.erase(members.begin() + static_cast<std::ptrdiff_t>(random.below(members.size())));
    }
    map = next_map(map, members);
    for (const NodeId node : store.nodes()) {
      const Duration late = every * static_cast<std::int64_t>(random.below(100)) / 100;
      world.at(at + late, [&world, map, node] { tell_map(world, map, node); });
    }
  }
  return map;
}

std::vector<NodeId> not_in(const SlotMap& map, const StoreCluster& store) {
  std::vector<NodeId> nodes = store.nodes();
  for (const NodeId owner : map.owners) std::erase(nodes, owner);
  return nodes;
}

void wait_until_empty(sim::World& world, const StoreCluster& store,
                      const std::vector<NodeId>& nodes) {
  const auto serves = [&](NodeId node) { return !store.view(node).slots.empty(); };
  const Duration bound = 100 * store.config().retry;
  if (world.run_until([&] { return std::ranges::none_of(nodes, serves); }, bound)) return;
  const NodeId left = *std::ranges::find_if(nodes, serves);
  grading::fail(fmt::format("node {} is in the map no more, and still has a slot after {}",
                            left.value, erase::duration_text(bound)));
}

}  // namespace octet::store
