#include <fmt/format.h>
#include <fmt/ranges.h>

#include <functional>
#include <map>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/levels_load.h"
#include "graders/stage3-partitioning/repairs.h"
#include "graders/stage3-partitioning/store_maps.h"
#include "graders/stage3-partitioning/strong_history.h"

/// All levels while much is broken (CL1 to CL3).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// What all copies hold in the end.
View::Keys equal_copies(const World& world, const StoreCluster& store) {
  const std::string differ = difference(world, store);
  EXPECT_EQ(differ, "") << "long after everything was whole again copies differ (CL3)";
  View::Keys all;
  for (const NodeId node : store.nodes()) {
    for (const auto& [slot, keys] : store.view(node).slots) all.insert(keys.begin(), keys.end());
  }
  return all;
}

/// Messages are still lost, and then a stand-in that has nothing may be the one that answers: a
/// read of one copy may have to be repeated.
void expect_shown(StoreCluster& store, const std::function<std::size_t()>& read,
                  const Values& values, const std::string& where) {
  Values shown;
  for (int attempt = 0; attempt < 10; ++attempt) {
    shown = store.got(read()).values;
    if (shown == values) return;
  }
  EXPECT_EQ(shown, values) << where;
}

/// All reads of a key, at every node and with every session, show what the copies have.
void expect_equal_reads(const World& world, StoreCluster& store, CausalSessions& sessions) {
  View::Keys copies = equal_copies(world, store);

  for (const std::string key : {"e0", "e1", "e2", "s0", "s1", "s2", "c0", "c1", "c2"}) {
    const Values values = copies[key];
    for (const NodeId node : store.nodes()) {
      expect_shown(
          store, [&] { return store.get(node, key); }, values, "at " + name(node));
      if (key.front() == 's') store.got(store.get(node, key, Level::strong));
    }
    if (key.front() != 'c') continue;
    for (CausalSessions::Id id = 0; id < sessions.sessions(); ++id) {
      const NodeId node = store.nodes()[id % store.nodes().size()];
      expect_shown(
          store, [&] { return sessions.get(id, node, key); }, values,
          fmt::format("in session {}", id));
    }
  }
}

/// What was written at the same time is kept by the weaker levels; a strong read shows one value.
void write_siblings(StoreCluster& store) {
  store.stored(store.put(store.nodes().front(), "e3", "one"));
  store.stored(store.put(store.nodes().back(), "e3", "other"));
}

void expect_siblings(StoreCluster& store) {
  for (const NodeId node : store.nodes()) {
    for (const Level level : {Level::eventual, Level::causal}) {
      expect_shown(
          store, [&] { return store.get(node, "e3", level); }, {"one", "other"},
          "at " + name(node));
    }
    EXPECT_EQ(store.got(store.get(node, "e3", Level::strong)).values.size(), 1U);
  }
}

constexpr sim::NetworkOptions rough_network{
    .loss = 30'000, .duplication = 30'000, .long_delay = 5'000, .longest_delay = 2s};

/// With fewer members than nodes, slots go from node to node.
void ask_in_a_storm(const Setup& setup) {
  const std::vector<NodeId> nodes = {21, 4, 37, 9, 2, 58, 16};
  const sim::Storm storm{.nodes = {nodes.begin(), nodes.begin() + setup.nodes},
                         .end = 6s,
                         .longest = 1500ms,
                         .crashes = 4,
                         .torn_handlers = 4,
                         .pauses = 2,
                         .cuts = 4,
                         .partitions = 3,
                         .drifts = 2,
                         .jumps = 2,
                         .slow_disks = 2};
  std::size_t done = 0;
  simulate({.options = {.network = rough_network, .max_events = 1'000'000}, .storm = storm},
           [&](World& world) {
             StoreCluster store(world, setup);
             const StrongHistory history(world, store);
             CausalSessions sessions(world, store);
             LevelsLoad load(world, store, sessions);
             load.ask(40ms, 6s);
             if (setup.members > 0) {
               const SlotMap last = keep_changing_maps(world, store, 1500ms, 6s);
               world.at(8s, [=, &world, &store] {
                 for (const NodeId node : store.nodes()) tell_map(world, last, node);
               });
             }
             world.run_for(8s);
             write_siblings(store);
             world.run_for(store.repaired());
             done = store.done();
             expect_equal_reads(world, store, sessions);
             expect_siblings(store);
           });
  EXPECT_GT(done, 100U) << "the test means little when so little is done";
}

GRADED_TEST(Levels, WhateverIsBroken, 1,
            "when messages are lost, late or doubled, links are cut, nodes pause and crash, and "
            "slots move, strong requests are linearizable and sessions causal; afterwards all "
            "copies become equal (CL1 to CL3)") {
  const Config config = with_quorums(1, 1, true);
  ask_in_a_storm({.nodes = 5, .partitions = 3, .config = config});
  ask_in_a_storm({.nodes = 7, .copies = 5, .config = config});
  ask_in_a_storm({.nodes = 6, .members = 3, .partitions = 2, .config = config});
}

}  // namespace
}  // namespace octet::store
