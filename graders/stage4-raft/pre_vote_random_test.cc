#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/asking.h"
#include "graders/stage4-raft/reads.h"

/// Pre-vote while much is broken.
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::Random;
using grading::simulate;
using sim::Envelope;
using sim::World;

constexpr Duration trouble = 8s;

sim::Storm storm_over(std::size_t size) {
  return {.nodes = servers_of_size(size),
          .end = trouble,
          .longest = 3s,
          .crashes = 3,
          .torn_handlers = 3,
          .pauses = 3,
          .cuts = 5,
          .partitions = 3,
          .drifts = 2};
}

GRADED_TEST(
    PreVote, WhateverIsBroken, 1,
    "the properties of Figure 3 hold, reads are not stale, and there is a leader when it "
    "is over, whatever is lost, late, doubled, cut off or crashes (PV1 to PV4, RF1 to RF9, RD1)") {
  const sim::WorldOptions options = {.network = {.duplication = 100'000}, .max_events = 500'000};
  std::size_t leaders = 0;
  for (const Reads reads : both_ways) {
    for (const std::size_t size : {3U, 4U, 5U}) {
      simulate({.options = options, .storm = storm_over(size), .runs = 4}, [&](World& world) {
        Config config = that_reads(reads, 100'000);
        config.pre_vote = true;
        Cluster cluster(world, size, config);
        Reader reader(world, cluster);
        Random random(world.seed(), "messages");
        world.drop([&](const Envelope&) { return random.below(100) < 5; });
        world.delay([&](const Envelope&) { return random.below(100) < 2; }, 3s);
        cluster.keep_proposing(50ms, trouble);
        reader.keep_reading(50ms, trouble);
        world.run_for(trouble).heal();
        leaders += cluster.figure3().leaders().size();
        reader.expect_read(cluster.servers());
        expect_asking(world, cluster);
      });
    }
  }
  EXPECT_GT(leaders, 24 * 2U) << "the test means little when the leaders change so seldom";
}

}  // namespace
}  // namespace octet::raft
