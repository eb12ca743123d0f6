#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_maps.h"

/// A store whose slots move while it is used.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// The new owners have never had the slots, and the old ones are down.
void ask_who_has_nothing(World& world) {
  StoreCluster store(world, {.nodes = 7, .members = 3, .config = with_quorums(1, 1)});
  const std::vector<NodeId> others = store.others("k");
  store.stored(store.put(others.back(), "k", "a"));
  for (const NodeId owner : store.owners("k")) world.crash(owner);
  const SlotMap map = next_map(store.map(), {others[0], others[1], others[2]});
  for (const NodeId node : others) tell_map(world, map, node);
  world.run_for(50ms);
  const std::size_t put = store.put(others.back(), "k", "b");
  const std::size_t get = store.get(others.back(), "k");
  store.expect_in_vain(put);
  store.expect_in_vain(get);
  for (const NodeId owner : store.owners("k")) world.restart(owner);
  for (const NodeId owner : store.owners("k")) tell_map(world, map, owner);
  wait_until_empty(world, store, store.owners("k"));
  store.got(store.get(others.back(), "k"));
}

/// "old" is in all copies, and one slot has moved. Who had it has not heard that it has come.
struct Promised {
  Promised(World& in, bool writer_knows) : world(in) {
    store.stored(store.put(writer, "k", "old"));
    world.run_for(store.settled());
    SlotMap map = store.map();
    map.epoch = Epoch{2};
    map.owners[slots::number(store.slots_of("k").at(2))] = heir;
    for (const NodeId node : {owners[2], heir}) tell_map(world, map, node);
    if (writer_knows) tell_map(world, map, writer);
    world.run_until([&] { return !store.view(heir).slots.empty(); }, 40 * store.config().retry);
    world.isolate(owners[1]).cut_one_way(heir, owners[2]);
  }

  static Config alone() {  // copies are not compared
    Config config = with_quorums(2, 2);
    config.repair = 1h;
    return config;
  }

  World& world;
  StoreCluster store{world, {.nodes = 6, .members = 3, .config = alone()}};
  std::vector<NodeId> owners = store.owners("k");
  NodeId heir = store.others("k").at(0);
  NodeId writer = store.others("k").at(1);
  NodeId reader = store.others("k").at(2);
};

/// The new owner takes a write. With the other copy that a reader reaches, which has missed it, the
/// old one would make a quorum.
void ask_who_has_promised(World& world) {
  Promised moved(world, true);
  auto& [_, store, owners, heir, writer, reader] = moved;
  const std::string context = store.got(store.get(writer, "k")).context;
  store.stored(store.put(writer, "k", "new", context));
  world.heal().isolate(owners[0]).cut_one_way(heir, owners[2]);
  EXPECT_EQ(store.got(store.get(reader, "k")).values, Values{"new"});
}

/// The old owner is asked to store something. With the other copy that the writer reaches it would
/// make a quorum.
void write_to_who_has_promised(World& world) {
  Promised moved(world, false);
  cut(world, {moved.writer}, {moved.heir});
  moved.store.expect_in_vain(moved.store.put(moved.writer, "k", "in vain"));
}

/// The old owner and the new one of one slot tell a coordinator that they have a write: that is one
/// copy.
void ask_both_owners(World& world) {
  Config config = with_quorums(2, 2);
  config.repair = 1h;
  StoreCluster store(world, {.nodes = 5, .members = 3, .config = config});
  const std::vector<NodeId> owners = store.owners("k");
  const NodeId heir = store.others("k").at(0);
  const NodeId writer = store.others("k").at(1);
  cut(world, {writer}, {owners[1], owners[2]});
  world.delay(
      [=](const sim::Envelope& sent) { return sent.from == owners[0] && sent.to == writer; },
      config.patience / 2);
  const std::size_t put = store.put(writer, "k", "a");
  world.run_for(config.retry / 2);
  SlotMap map = store.map();
  map.epoch = Epoch{2};
  map.owners[slots::number(store.slots_of("k").at(0))] = heir;
  for (const NodeId node : {owners[0], heir, writer}) tell_map(world, map, node);
  store.expect_in_vain(put);
}

/// A copy moves that has heard of a deletion, and then is read beside one that has not.
void move_a_deletion(World& world) {
  Config config = with_quorums(2, 2);
  config.repair = 1h;
  StoreCluster store(world, {.nodes = 4, .members = 3, .config = config});
  const std::vector<NodeId> owners = store.owners("k");
  const NodeId heir = store.others("k").front();
  store.stored(store.put(owners[0], "k", "old"));
  world.run_for(store.settled()).isolate(owners[2]);
  store.stored(store.del(owners[0], "k", store.got(store.get(owners[0], "k")).context));
  world.run_for(store.settled());
  SlotMap map = store.map();
  map.epoch = Epoch{2};
  map.owners[slots::number(store.slots_of("k").at(1))] = heir;
  for (const NodeId node : {owners[1], heir}) tell_map(world, map, node);
  wait_until_empty(world, store, {owners[1]});
  world.heal().isolate(owners[0]);
  EXPECT_EQ(store.got(store.get(heir, "k")).values, Values());
}

GRADED_TEST(SlotsMove, WithWhatIsInThem, 1,
            "what is stored is read while its slots move and afterwards, at nodes that know the "
            "new map and at nodes that nobody has told; an answer of who does not have the slot is "
            "no answer, and two of one slot are one copy (DQ1, DQ3)") {
  simulate({}, [](World& world) {
    StoreCluster store(world, {.nodes = 7, .members = 3, .partitions = 4});
    Values keys;
    for (int i = 0; i < 12; ++i) keys.push_back(fmt::format("key {}", i));
    for (const std::string& key : keys) store.stored(store.put(store.nodes().back(), key, "a"));
    const std::vector<NodeId> leave = {store.nodes()[0], store.nodes()[1]};
    const SlotMap map =
        next_map(store.map(), {store.nodes()[2], store.nodes()[3], store.nodes()[4]});
    for (const NodeId node : leave) tell_map(world, map, node);
    tell_map(world, map, store.nodes()[2]);
    for (const std::string& key : keys) {
      const Got got = store.got(store.get(store.nodes()[5], key));
      store.stored(store.put(store.nodes()[6], key, "b", got.context));
    }
    wait_until_empty(world, store, leave);
    for (const NodeId node : leave) world.crash(node);
    for (const std::string& key : keys) {
      for (const NodeId node : {store.nodes()[3], store.nodes()[5], store.nodes()[6]}) {
        EXPECT_EQ(store.got(store.get(node, key)).values, Values{"b"});
      }
    }
  });
  simulate({}, ask_who_has_nothing);
  simulate({}, ask_who_has_promised);
  simulate({}, ask_both_owners);
  simulate({}, write_to_who_has_promised);
  simulate({}, move_a_deletion);
}

GRADED_TEST(SlotsMove, WhateverIsBroken, 1,
            "what is read is what was stored and not replaced, while nodes join and leave, crash "
            "and lose messages; who has left holds nothing in the end (DQ1 to DQ4)") {
  const sim::Storm storm{.nodes = {21, 4, 37, 9, 2, 58},
                         .begin = 500ms,
                         .end = 8s,
                         .longest = 1s,
                         .crashes = 4,
                         .torn_handlers = 3,
                         .cuts = 3,
                         .partitions = 2};
  std::size_t done = 0;
  simulate(
      {.options = {.network = {.loss = 20'000, .duplication = 20'000}, .max_events = 1'000'000},
       .storm = storm,
       .runs = 3},
      [&](World& world) {
        StoreCluster store(world, {.nodes = 6, .members = 3, .partitions = 3});
        const SlotMap last = keep_changing_maps(world, store, 2s, 8s);
        keep_asking(world, store, 25ms, 8s);
        world.run_for(9s);
        store.wait_for_all();
        for (const NodeId node : store.nodes()) tell_map(world, last, node);
        wait_until_empty(world, store, not_in(last, store));
        expect_all_is_there(store);
        done += store.done();
      });
  EXPECT_GT(done, 150U) << "the test means little when so little is done";
}

}  // namespace
}  // namespace octet::store
