#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/repairs.h"
#include "graders/stage3-partitioning/store_maps.h"

/// Where the copies are that are compared.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

Config one_is_enough() {
  Config config;
  config.reads = config.writes = 1;
  return config;
}

/// Of five copies these two are left.
void leave_two(World& world, std::size_t one, std::size_t other) {
  StoreCluster store(world, {.nodes = 5, .copies = 5, .config = one_is_enough()});
  const std::vector<NodeId> two = {store.nodes()[one], store.nodes()[other]};
  world.isolate(two[0]).isolate(two[1]);
  store.stored(store.put(two[0], "x", "1"));
  store.stored(store.put(two[1], "y", "1"));
  for (const NodeId node : store.nodes()) {
    if (node != two[0] && node != two[1]) world.crash(node);
  }
  world.heal();
  wait_until_equal(world, store);
}

/// One copy moves to a node that has none, while it is behind.
void move_a_copy(World& world) {
  StoreCluster store(world, {.nodes = 4, .config = one_is_enough()});
  const auto owners = store.owners("x");
  const NodeId heir = store.others("x").front();
  store.stored(store.put(owners[0], "deleted", "1"));
  wait_until_equal(world, store);
  world.isolate(owners[2]);
  store.stored(store.put(owners[0], "x", "1"));
  store.stored(store.put(owners[2], "y", "1"));
  replace(store, owners[0], "deleted", std::nullopt);
  SlotMap map = store.map();
  map.epoch = Epoch{2};
  map.owners[slots::number(store.slots_of("x").back())] = heir;
  world.heal();
  for (const NodeId node : store.nodes()) world.input(node, Input(NewMap{map}));
  world.run_for(store.repaired());
  wait_until_equal(world, store);
  for (const auto& [key, values] :
       std::map<std::string, Values>{{"x", {"1"}}, {"y", {"1"}}, {"deleted", {}}}) {
    wait_until_held(world, store, heir, key, values, store.repaired(),
                    "the slot has become its own, and others had that");
  }
}

/// A copy comes back to where it was, when the other one has missed what was written elsewhere.
void move_a_copy_there_and_back(World& world) {
  StoreCluster store(world, {.nodes = 3, .members = 2, .copies = 2, .config = one_is_enough()});
  const auto owners = store.owners("x");
  const NodeId heir = store.others("x").front();
  const Slot slot = store.slots_of("x").front();
  store.stored(store.put(owners[0], "x", "1"));
  wait_until_equal(world, store);
  const auto move_to = [&](NodeId node, std::uint64_t epoch) {
    SlotMap map = store.map();
    map.epoch = Epoch{epoch};
    map.owners[slots::number(slot)] = node;
    for (const NodeId each : store.nodes()) tell_map(world, map, each);
    world.run_for(store.repaired());
  };
  move_to(heir, 2);
  world.isolate(owners[1]);
  replace(store, heir, "x", "2");
  move_to(owners[0], 3);
  world.heal();
  wait_until_equal(world, store);
  wait_until_held(world, store, owners[1], "x", {"2"}, store.repaired(), "the other copy has that");
}

/// All copies are with other nodes than at first, and each of two has something of its own.
void move_all_copies(World& world) {
  StoreCluster store(world, {.nodes = 6, .members = 3, .config = one_is_enough()});
  const std::vector<NodeId> heirs = store.others("x");
  const SlotMap map = next_map(store.map(), heirs);
  for (const NodeId node : store.nodes()) tell_map(world, map, node);
  world.run_for(store.repaired());  // they have moved
  world.isolate(heirs.back());
  store.stored(store.put(heirs.front(), "x", "1"));
  store.stored(store.put(heirs.back(), "y", "1"));
  world.run_for(store.settled()).heal();
  wait_until_equal(world, store);
}

/// So many copies on so few nodes; one node knows nothing of some keys.
void share_nodes(World& world, std::size_t nodes, std::uint32_t copies, std::uint32_t partitions) {
  StoreCluster store(
      world,
      {.nodes = nodes, .partitions = partitions, .copies = copies, .config = one_is_enough()});
  const NodeId away = store.nodes().back();
  world.isolate(away);
  for (int i = 0; i < 20; ++i) {
    store.stored(store.put(store.nodes().front(), "early" + std::to_string(i), "v"));
  }
  world.run_for(store.settled()).crash(away).heal();
  world.run_for(1s).restart(away);
  wait_until_equal(world, store);
  for (int i = 0; i < 20; ++i) {
    const std::string key = "early" + std::to_string(i);
    for (const NodeId owner : store.owners(key)) {
      EXPECT_EQ(held(store, owner, key), Values{"v"}) << name(owner) << " has a copy of " << key;
    }
  }
}

GRADED_TEST(AntiEntropy, AnyTwoCopiesMeet, 1,
            "copies become equal wherever they are: when all others are down, when one "
            "moves, or moves there and back, or all, when a node has two, and with any number of "
            "partitions (§4.7, AE4)") {
  for (std::size_t one = 0; one < 5; ++one) {
    for (std::size_t other = one + 1; other < 5; ++other) {
      simulate({}, [=](World& world) { leave_two(world, one, other); });
    }
  }
  simulate({}, move_a_copy);
  simulate({}, move_a_copy_there_and_back);
  simulate({}, move_all_copies);
  simulate({}, [](World& world) { share_nodes(world, 2, 3, 2); });
  simulate({}, [](World& world) { share_nodes(world, 1, 3, 1); });
  simulate({}, [](World& world) { share_nodes(world, 3, 1, 2); });
  simulate({}, [](World& world) { share_nodes(world, 4, 2, 7); });
  simulate({}, [](World& world) { share_nodes(world, 7, 5, 3); });
}

}  // namespace
}  // namespace octet::store
