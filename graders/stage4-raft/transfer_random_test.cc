#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/reads.h"
#include "graders/stage4-raft/transfers.h"

/// Leaders give their place away while much is broken.
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::Random;
using grading::simulate;
using sim::World;

constexpr Duration trouble = 8s;

sim::Storm storm_over(std::size_t size) {
  return {.nodes = servers_of_size(size),
          .end = trouble,
          .longest = 2s,
          .crashes = 3,
          .torn_handlers = 3,
          .pauses = 2,
          .cuts = 3,
          .partitions = 2,
          .drifts = 2,
          .jumps = 2};
}

/// Whoever leads is to give its place to somebody, and mostly no other leader is there yet.
void keep_moving(World& world, Cluster& cluster) {
  Random random(world.seed(), "targets");
  for (Duration at{}; at < trouble; at += 170ms) {
    const NodeId to = cluster.servers()[random.below(cluster.servers().size())];
    world.at(at, [&world, &cluster, to] {
      for (const NodeId leader : cluster.leaders()) transfer(world, leader, to);
    });
  }
}

GRADED_TEST(Transfer, WhateverIsBroken, 1,
            "the properties of Figure 3 hold, and reads are not stale, when leaders are told all "
            "the time to give their place away, whatever crashes, is lost, late or cut off (LT1 to "
            "LT4, RF1 to RF9, RD1 to RD4)") {
  const sim::WorldOptions options = {.network = {.loss = 20'000,
                                                 .duplication = 100'000,
                                                 .long_delay = 20'000,
                                                 .longest_delay = 1s},
                                     .max_events = 500'000};
  std::size_t leaders = 0;
  std::size_t answered = 0;
  for (const Reads reads : both_ways) {
    for (const bool pre_vote : {false, true}) {
      for (const std::size_t size : {3U, 5U}) {
        simulate({.options = options, .storm = storm_over(size), .runs = 3}, [&](World& world) {
          Config config = that_reads(reads, 100'000);
          config.pre_vote = pre_vote;
          Cluster cluster(world, size, config);
          Reader reader(world, cluster);
          cluster.keep_proposing(50ms, trouble);
          reader.keep_reading(10ms, trouble);
          keep_moving(world, cluster);
          world.run_for(trouble + 1s);
          leaders += cluster.figure3().leaders().size();
          for (const NodeId id : cluster.servers()) answered += reader.answered(id);
          reader.expect_read(cluster.servers());
        });
      }
    }
  }
  EXPECT_GT(leaders, 24 * 12U) << "leaders hardly ever give their place away";
  EXPECT_GT(answered, 24 * 10U) << "the test means little when hardly a read is answered";
}

}  // namespace
}  // namespace octet::raft
