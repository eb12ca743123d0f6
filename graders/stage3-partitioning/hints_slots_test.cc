#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/repairs.h"

/// Hints for slots that change hands, that come too late, and that must not count.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::fail;
using grading::simulate;
using sim::World;

Config write_all() {
  Config config;
  config.reads = 1;
  config.writes = 3;
  config.sloppy = true;
  return config;
}

/// A slot is given to somebody else after something has been hinted for its old owner.
void give_away_the_slot(World& world, bool to_the_stand_in) {
  StoreCluster store(world, {.nodes = 5, .config = write_all()});
  const auto owners = store.owners("x");
  const Slot slot = store.slots_of("x").back();
  world.isolate(owners[2]);
  store.stored(store.put(owners[0], "x", "hinted"));
  const std::vector<NodeId> stand_ins = hinted_at(world, store, slot, "x");
  if (stand_ins.empty()) fail("nobody shows a hint for the slot of who is away (§4.6, AE2)");
  NodeId heir = stand_ins.front();
  if (!to_the_stand_in) {
    for (const NodeId other : store.others("x")) {
      if (other != stand_ins.front()) heir = other;
    }
  }
  SlotMap map = store.map();
  map.epoch = Epoch{2};
  map.owners[slots::number(slot)] = heir;
  world.heal();
  for (const NodeId owner : {owners[0], owners[1]}) {
    for (const NodeId other : {owners[2], stand_ins.front(), heir}) cut(world, {owner}, {other});
  }
  for (const NodeId node : {owners[2], stand_ins.front(), heir}) {
    world.input(node, Input(NewMap{map}));
  }
  wait_until_held(
      world, store, heir, "x", {"hinted"}, store.repaired(),
      fmt::format("it was hinted for slot {}, which has become its own", slots::number(slot)));
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
    StoreCluster store(world, {.nodes = 4, .config = write_all()});
    const auto owners = store.owners("x");
    const NodeId stand_in = store.others("x").front();
    world.isolate(owners[2]);
    for (const std::string key : {"replaced", "deleted", "both"}) {
      store.stored(store.put(owners[0], key, "hinted"));
    }
    world.heal();
    cut(world, {stand_in}, {owners[2]});
    wait_until_equal(world, store);
    replace(store, owners[0], "replaced", "new");
    replace(store, owners[0], "deleted", std::nullopt);
    store.stored(store.put(owners[2], "both", "mine"));
    wait_until_equal(world, store);
    world.always("an old hint changes nothing that is newer (AE1)", [&]() -> std::string {
      const Values replaced = held(store, owners[2], "replaced");
      const Values deleted = held(store, owners[2], "deleted");
      if (replaced == Values{"new"} && deleted.empty()) return "";
      return fmt::format(
          "{} had \"new\" for one key and had deleted another one, and now has {} "
          "and {}",
          name(owners[2]), text_of(replaced), text_of(deleted));
    });
    world.run_for(store.settled()).heal();
    wait_until_given_away(world, store);
    wait_until_held(world, store, owners[2], "both", {"hinted", "mine"}, store.repaired(),
                    "they were written without knowing of each other");
  });
}

bool is_in_vain(const Output& end) {
  return std::holds_alternative<Failed>(end) || std::holds_alternative<Unknown>(end);
}

/// Two of three owners are away.
void ask_one_copy(World& world, bool sloppy, Level level) {
  Config config;
  config.sloppy = sloppy;
  StoreCluster store(world, {.nodes = 5, .config = config});
  const auto owners = store.owners("x");
  store.stored(store.put(owners[0], "x", "old", {}, level));
  world.run_for(store.settled());
  cut(world, {owners[1], owners[2]}, store.nodes());
  for (const NodeId node : {owners[0], store.others("x").front()}) {
    for (const std::size_t asked : {store.put(node, "x", "new", {}, level),
                                    store.del(node, "x", {}, level), store.get(node, "x", level)}) {
      if (is_in_vain(store.wait(asked))) continue;
      fail(
          fmt::format("a request at {} succeeds though it needs two copies and one can be reached: "
                      "hints are no copies (AE2)",
                      name(node)));
    }
  }
  if (sloppy) store.stored(store.put(owners[0], "y", "with a stand-in"));
  world.heal();
  store.stored(store.put(owners[0], "x", "in the end", {}, level));
  store.got(store.get(owners[1], "x", level));
}

GRADED_TEST(Hints, DoNotCountAsCopies, 1,
            "where quorums are strict, and at the strong level everywhere, what stand-ins hold "
            "counts neither for a write nor for a read (AE2, CL4)") {
  simulate({}, [](World& world) { ask_one_copy(world, false, Level::eventual); });
  simulate({}, [](World& world) { ask_one_copy(world, false, Level::strong); });
  simulate({}, [](World& world) { ask_one_copy(world, true, Level::strong); });
}

}  // namespace
}  // namespace octet::store
