#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/hints_stories.h"

/// Hints for slots that change hands, that come too late, and that must not count.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::fail;
using grading::simulate;
using sim::World;

/// A slot is given to somebody else after something has been hinted for its old owner: to the node
/// that has the hint, or to the other one that has no copy.
void give_away_the_slot(World& world, bool to_the_stand_in) {
  StoreCluster store(world, write_all(3, 5));
  const OnePartition partition(store);
  const NodeId away = partition.owners[2];
  const Slot slot = partition.slots[2];
  world.isolate(away);
  store.stored(store.put(partition.owners[0], "", "hinted"));
  const std::vector<NodeId> hinted = hinted_at(world, store, slot, "");
  if (hinted.empty()) fail("nobody shows a hint for the slot of who is away (§4.6, AE2)");
  std::vector<NodeId> others = partition.others;
  std::ranges::stable_partition(
      others, [&](NodeId node) { return (node == hinted.front()) == to_the_stand_in; });
  const NodeId heir = others.front();
  SlotMap map = store.map();
  map.epoch = Epoch{2};
  map.owners[slots::number(slot)] = heir;

  const std::vector<NodeId> here = {away, others[0], others[1]};
  const std::vector<NodeId> there = {partition.owners[0], partition.owners[1]};
  // Who has the hint can give it to the new owner, and to nobody else.
  const auto keep_apart = [&] {
    cut(world, there, here);
    if (!to_the_stand_in) cut(world, {away}, {hinted.front()});
  };
  world.heal();
  keep_apart();
  cut(world, {away}, {heir});  // so the slot is on its way for some intervals
  for (const NodeId node : here) world.input(node, Input(NewMap{map}));
  world.run_for(3 * store.config().repair).heal();
  keep_apart();
  wait_until_held(
      world, store, heir, "", {"hinted"}, store.repaired(),
      fmt::format("it was hinted for slot {}, which has become its own", slots::number(slot)));
  world.heal();  // there may be hints for others, too
  wait_until_given_away(world, store);
}

GRADED_TEST(Hints, FollowTheSlot, 1,
            "a hint is for a slot: whoever owns that now gets it, be it the node itself that holds "
            "the hint (AE2)") {
  for (const bool to_the_stand_in : {false, true}) {
    simulate({}, [=](World& world) { give_away_the_slot(world, to_the_stand_in); });
  }
}

GRADED_TEST(Hints, OldHintsChangeNothing, 1,
            "a hint that is given away late replaces nothing that is newer or concurrent, and "
            "brings nothing back that was deleted since (AE1, AE2)") {
  simulate({}, [](World& world) {
    StoreCluster store(world, write_all(3, 4));
    const OnePartition partition(store);
    const NodeId writer = partition.owners[0];
    const NodeId owner = partition.owners[2];
    const std::string replaced = partition.key("replaced");
    const std::string deleted = partition.key("deleted");
    const std::string both = partition.key("both");
    world.isolate(owner);
    for (const std::string& key : {replaced, deleted, both}) {
      store.stored(store.put(writer, key, "hinted"));
    }
    world.heal();
    cut(world, partition.others, {owner});
    wait_until_equal(world, store);
    replace(store, writer, replaced, "new");
    replace(store, writer, deleted, std::nullopt);
    store.stored(store.put(owner, both, "mine"));
    wait_until_equal(world, store);
    world.always("an old hint changes nothing that is newer (AE1)", [&]() -> std::string {
      if (held(store, owner, replaced) == Values{"new"} && held(store, owner, deleted).empty()) {
        return "";
      }
      return fmt::format(
          "{} had \"new\" for one key and had deleted another one, and now has {} "
          "and {}",
          name(owner), text_of(held(store, owner, replaced)), text_of(held(store, owner, deleted)));
    });
    world.heal();
    wait_until_given_away(world, store);
    wait_until_held(world, store, owner, both, {"hinted", "mine"}, store.repaired(),
                    "they were written without knowing of each other");
  });
}

bool is_in_vain(const Output& end) {
  return std::holds_alternative<Failed>(end) || std::holds_alternative<Unknown>(end);
}

/// Two of three owners are away.
void ask_one_copy(World& world, bool sloppy, Level level) {
  Setup setup{.nodes = 5, .partitions = 5};
  setup.config.sloppy = sloppy;
  StoreCluster store(world, setup);
  const OnePartition partition(store);
  const std::vector<NodeId>& owners = partition.owners;
  const std::string key = partition.key("x");
  store.stored(store.put(owners[0], key, "old", {}, level));
  world.run_for(store.settled());
  world.isolate(owners[1]).isolate(owners[2]);
  for (const NodeId node : {owners[0], partition.others[0]}) {
    for (const std::size_t asked : {store.put(node, key, "new", {}, level),
                                    store.del(node, key, {}, level), store.get(node, key, level)}) {
      if (is_in_vain(store.wait(asked))) continue;
      fail(
          fmt::format("a request at {} succeeds though it needs two copies and one can be reached: "
                      "hints are no copies (AE2)",
                      name(node)));
    }
  }
  if (sloppy) store.stored(store.put(owners[0], "", "by a sloppy quorum"));
  world.heal();
  store.stored(store.put(owners[0], key, "in the end", {}, level));
  store.got(store.get(owners[1], key, level));
}

GRADED_TEST(Hints, DoNotCountAsCopies, 1,
            "where quorums are strict, and at the strong level everywhere, what stand-ins hold "
            "counts neither for a write nor for a read (AE2, CL4)") {
  simulate({}, [](World& world) { ask_one_copy(world, false, Level::eventual); });
  simulate({}, [](World& world) { ask_one_copy(world, false, Level::causal); });
  simulate({}, [](World& world) { ask_one_copy(world, false, Level::strong); });
  simulate({}, [](World& world) { ask_one_copy(world, true, Level::strong); });
}

}  // namespace
}  // namespace octet::store
