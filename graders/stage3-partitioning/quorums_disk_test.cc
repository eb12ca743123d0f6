#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_cluster.h"

/// What is on disk when a write is stored (DQ1).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

void crash_all(World& world, const StoreCluster& store) {
  for (const NodeId node : store.nodes()) world.crash(node);
  for (const NodeId node : store.nodes()) world.restart(node);
}

/// Writes and deletes at one node, all of which take the place of what is there. Each is stored on
/// slow disks, and then all nodes crash.
void write_and_crash(World& world, StoreCluster& store, NodeId node) {
  for (const NodeId owner : store.owners("k")) world.slow_disk(owner, 150ms);
  for (const char* value : {"a", "b"}) {
    store.stored(store.put(node, "k", value, store.got(store.get(node, "k")).context));
    crash_all(world, store);
  }
  store.stored(store.put(node, "gone", "a", store.got(store.get(node, "gone")).context));
  store.stored(store.del(node, "gone", store.got(store.get(node, "gone")).context));
  crash_all(world, store);
}

GRADED_TEST(Quorums, StoredIsOnDisk, 1,
            "when a write is stored, W copies have it on disk: all nodes may crash right then "
            "(DQ1)") {
  simulate({.runs = 2}, [](World& world) {
    StoreCluster store(world, {.nodes = 4, .members = 3, .config = with_quorums(1, 3)});
    write_and_crash(world, store, store.others("k").front());
    for (const NodeId owner : store.owners("k")) {
      world.partition({{owner}});
      EXPECT_EQ(store.got(store.get(owner, "k")).values, Values{"b"});
      EXPECT_EQ(store.got(store.get(owner, "gone")).values, Values());
      world.heal();
    }
  });
  simulate({.runs = 2}, [](World& world) {
    StoreCluster store(world, {.nodes = 3, .config = with_quorums(2, 2)});
    const std::vector<NodeId> owners = store.owners("k");
    for (const char* key : {"k", "gone"}) store.stored(store.put(owners[0], key, "in all copies"));
    world.run_for(50ms).partition({{owners[0], owners[1]}});
    write_and_crash(world, store, owners[0]);
    for (const std::size_t one : {0U, 1U}) {
      world.heal().partition({{owners[one], owners[2]}});
      EXPECT_EQ(store.got(store.get(owners[2], "k")).values, Values{"b"});
      EXPECT_EQ(store.got(store.get(owners[2], "gone")).values, Values());
    }
  });
  for (std::size_t effects = 0; effects < 6; ++effects) {
    simulate({}, [=](World& world) {
      StoreCluster store(world, {.nodes = 4, .members = 3, .config = with_quorums(1, 3)});
      const NodeId torn = store.owners("k").back();
      world.crash_after_effects(torn, effects);
      const std::size_t put = store.put(store.others("k").front(), "k", "a");
      world.at(world.now() + 200ms, [&world, torn] { world.restart(torn); });
      store.stored(put);
      crash_all(world, store);
      world.partition({{torn}});
      EXPECT_EQ(store.got(store.get(torn, "k")).values, Values{"a"});
    });
  }
}

}  // namespace
}  // namespace octet::store
