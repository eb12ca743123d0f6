#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/levels_load.h"
#include "graders/stage3-partitioning/strong_history.h"

/// All levels while much is broken (CL1 to CL3).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// What the copies of a key hold is the same, in all slots of its partition.
void expect_equal_copies(const StoreCluster& store) {
  std::map<std::pair<slots::Partition, std::string>, std::map<Slot, Values>> copies;
  for (const NodeId node : store.nodes()) {
    for (const auto& [slot, keys] : store.view(node).slots) {
      for (const auto& [key, values] : keys) {
        copies[{slots::partition_of(store.map(), slot), key}][slot] = values;
      }
    }
  }
  for (const auto& [of, values_by_slot] : copies) {
    for (const auto& [slot, values] : values_by_slot) {
      EXPECT_EQ(values, values_by_slot.begin()->second)
          << "long after everything was whole again copies of " << of.second << " differ (CL3)";
    }
  }
}

/// All reads of a key, at every node and with every session, show the same.
void expect_equal_reads(StoreCluster& store, CausalSessions& sessions) {
  for (const std::string key : {"e0", "e1", "e2", "s0", "s1", "s2", "c0", "c1", "c2"}) {
    const Values values = store.got(store.get(store.nodes().front(), key)).values;
    for (const NodeId node : store.nodes()) {
      EXPECT_EQ(store.got(store.get(node, key)).values, values) << "at node " << node.value;
      if (key.front() == 's') store.got(store.get(node, key, Level::strong));
    }
    if (key.front() != 'c') continue;
    for (CausalSessions::Id id = 0; id < sessions.sessions(); ++id) {
      const NodeId node = store.nodes()[id % store.nodes().size()];
      EXPECT_EQ(store.got(sessions.get(id, node, key)).values, values) << "in session " << id;
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
      EXPECT_EQ(store.got(store.get(node, "e3", level)).values, (Values{"one", "other"}));
    }
    EXPECT_EQ(store.got(store.get(node, "e3", Level::strong)).values.size(), 1U);
  }
}

constexpr sim::NetworkOptions rough_network{
    .loss = 30'000, .duplication = 30'000, .long_delay = 5'000, .longest_delay = 2s};

void ask_in_a_storm(const std::vector<NodeId>& nodes, std::uint32_t partitions,
                    std::uint32_t copies) {
  const sim::Storm storm{.nodes = nodes,
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
             StoreCluster store(world, {.nodes = nodes.size(),
                                        .partitions = partitions,
                                        .copies = copies,
                                        .config = with_quorums(1, 1, true)});
             const StrongHistory history(world, store);
             CausalSessions sessions(world, store);
             LevelsLoad load(world, store, sessions);
             load.ask(40ms, 6s);
             world.run_for(8s);
             write_siblings(store);
             world.run_for(store.repaired());
             done = store.done();
             expect_equal_copies(store);
             expect_equal_reads(store, sessions);
             expect_siblings(store);
           });
  EXPECT_GT(done, 100U) << "the test means little when so little is done";
}

GRADED_TEST(Levels, WhateverIsBroken, 1,
            "when messages are lost, late or doubled, links are cut, and nodes pause and crash, "
            "strong requests are linearizable and sessions causal; afterwards all copies become "
            "equal (CL1 to CL3)") {
  ask_in_a_storm({21, 4, 37, 9, 2}, 3, 3);
  ask_in_a_storm({21, 4, 37, 9, 2, 58, 16}, 1, 5);
}

}  // namespace
}  // namespace octet::store
