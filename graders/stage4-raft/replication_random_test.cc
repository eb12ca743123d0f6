#include <cstdint>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"

/// Replication while much is broken (§5).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::Random;
using grading::simulate;
using sim::World;

constexpr Duration trouble = 15s;

/// Somebody is asked all the time, whoever leads.
void keep_proposing(World& world, Cluster& cluster) {
  Random random(world.seed(), "proposals");
  for (Duration at{}; at < trouble; at += 100ms) {
    const NodeId server = cluster.servers()[random.below(cluster.servers().size())];
    const std::uint64_t count = 1 + random.below(4);
    world.at(at, [&cluster, server, count] { cluster.propose_many(server, count); });
  }
}

GRADED_TEST(
    Replication, WhateverIsBroken, 1,
    "the properties of Figure 3 hold when messages are lost, late or doubled, links are cut "
    "and servers pause; all come to one log when that is over (Figure 3, RF1 to RF5, "
    "RF10)") {
  const sim::WorldOptions options = {
      .network = {.loss = 50'000, .duplication = 50'000, .long_delay = 20'000, .longest_delay = 5s},
      .max_events = 500'000};
  std::size_t committed = 0;
  std::size_t leaders = 0;
  for (const std::size_t size : {3U, 5U, 7U}) {
    const sim::Storm storm{.nodes = servers_of_size(size),
                           .end = trouble,
                           .longest = 3s,
                           .pauses = 4,
                           .cuts = 6,
                           .partitions = 5};
    simulate({.options = options, .storm = storm, .runs = 6}, [&](World& world) {
      Cluster cluster(world, size, with_most_bytes(60));
      keep_proposing(world, cluster);
      world.run_for(trouble);
      committed += cluster.figure3().committed().size();
      leaders += cluster.figure3().leaders().size();
      expect_agreement(world, cluster);
    });
  }
  EXPECT_GT(committed, 18 * 10U) << "the test means little when so little is committed";
  EXPECT_GT(leaders, 18 * 2U) << "the test means little when the leaders change so seldom";
}

}  // namespace
}  // namespace octet::raft
