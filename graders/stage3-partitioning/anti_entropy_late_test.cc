#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/repairs.h"

/// Comparing copies does not undo anything.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Fails when a key has a value again, at one of these nodes.
void expect_to_stay_deleted(World& world, const StoreCluster& store,
                            const std::vector<NodeId>& nodes, const std::string& key) {
  world.always("what was deleted stays deleted (AE4)", [=, &world, &store]() -> std::string {
    for (const NodeId node : nodes) {
      if (!world.is_up(node) || held(store, node, key).empty()) continue;
      return fmt::format("{} has {} again for key {}, which was deleted", name(node),
                         text_of(held(store, node, key)), in_quotes(key));
    }
    return "";
  });
}

/// Who is away during the deletion comes back like this, long after it. `to_one` means: to one copy
/// alone, since the other one that knows of the deletion is down meanwhile.
enum class Back { crashed, crashed_later, cut_off, without_last, to_one };

void come_back(World& world, Back how) {
  StoreCluster store(world, {.nodes = 4});
  const auto owners = store.owners("x");
  store.stored(store.put(owners[0], "x", "1"));
  store.stored(store.put(owners[0], "y", "1"));
  wait_until_equal(world, store);
  if (how == Back::cut_off || how == Back::crashed_later) world.isolate(owners[2]);
  if (how == Back::crashed || how == Back::to_one) world.crash(owners[2]);
  replace(store, owners[0], "x", std::nullopt);
  world.run_for(store.settled());
  expect_to_stay_deleted(world, store, {owners[0], owners[1]}, "x");
  if (how == Back::without_last) world.crash(owners[2]);
  if (how == Back::to_one) world.crash(owners[1]);
  world.run_for(60 * store.config().repair);
  if (how == Back::crashed_later) world.crash(owners[2]);
  world.crash(owners[0]).restart(owners[0]);
  if (how != Back::to_one) world.crash(owners[1]).restart(owners[1]);
  world.run_for(60 * store.config().repair).heal();
  if (how == Back::without_last) world.restart_without_last(owners[2], 1);
  if (!world.is_up(owners[2])) world.restart(owners[2]);
  world.run_for(store.repaired());
  if (how == Back::to_one) world.restart(owners[1]);
  wait_until_equal(world, store);
  EXPECT_EQ(held(store, owners[2], "y"), Values{"1"}) << "nobody has deleted it";
}

/// A copy is away while a node writes in many lives.
void restart_again_and_again(World& world) {
  StoreCluster store(world, {.nodes = 3});
  const auto owners = store.owners("x");
  store.stored(store.put(owners[0], "x", "1"));
  wait_until_equal(world, store);
  world.isolate(owners[2]);
  for (int life = 0; life < 100; ++life) {
    replace(store, owners[0], "x", "of life " + std::to_string(life));
    world.crash(owners[0]).restart(owners[0]);
  }
  replace(store, owners[0], "x", std::nullopt);
  expect_to_stay_deleted(world, store, {owners[0]}, "x");
  world.heal().run_for(store.repaired());
  wait_until_equal(world, store);
}

GRADED_TEST(AntiEntropy, DeletedKeysStayDeleted, 1,
            "a copy that was away when a key was deleted learns that, however long it was away and "
            "whoever has been restarted since, and how often; it brings the key back to nobody "
            "(AE4)") {
  for (const Back how :
       {Back::crashed, Back::crashed_later, Back::cut_off, Back::without_last, Back::to_one}) {
    simulate({}, [=](World& world) { come_back(world, how); });
  }
  simulate({}, restart_again_and_again);
}

/// Values that have been written long ago come late, to all copies.
GRADED_TEST(AntiEntropy, LateMessagesChangeNothing, 1,
            "what a copy is sent late, from an earlier comparison, replaces nothing that is newer "
            "or concurrent (AE1)") {
  simulate({}, [](World& world) {
    Config config;
    config.reads = config.writes = 1;
    StoreCluster store(world, {.config = config});
    const auto nodes = store.nodes();
    world.isolate(nodes[2]);
    for (const std::string key : {"replaced", "deleted", "both"}) {
      store.stored(store.put(nodes[0], key, "OLD"));
      store.stored(store.put(nodes[2], key, "OLD too"));
    }
    world.run_for(store.settled()).heal();
    delay_all_with(world, "OLD", 20s);
    world.run_for(3 * store.config().repair).heal();  // what they have sent is under way
    wait_until_equal(world, store);

    replace(store, nodes[0], "replaced", "new");
    replace(store, nodes[0], "deleted", std::nullopt);
    store.stored(store.put(nodes[2], "both", "mine"));
    wait_until_equal(world, store);
    expect_to_stay_deleted(world, store, nodes, "deleted");
    world.always("what was replaced stays replaced (AE1)", [&]() -> std::string {
      for (const NodeId node : nodes) {
        const Values values = held(store, node, "replaced");
        if (values == Values{"new"}) continue;
        return fmt::format("{} has {}, and had \"new\", which took the place of all others",
                           name(node), text_of(values));
      }
      return "";
    });
    world.run_for(20s);
    wait_until_equal(world, store);
    EXPECT_EQ(held(store, nodes[0], "both"), (Values{"OLD", "OLD too", "mine"}));
  });
}

}  // namespace
}  // namespace octet::store
