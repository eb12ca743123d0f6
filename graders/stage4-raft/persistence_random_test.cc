#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

/// Crashes at any moment.
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

GRADED_TEST(Persistence, ACrashInAnyHandler, 1,
            "nothing is lost when a server crashes in a handler, after any of its effects (RF4, "
            "RF8)") {
  for (const std::size_t effects : {0U, 1U, 2U, 3U, 4U}) {
    for (const bool of_leader : {true, false}) {
      simulate({.options = limited, .runs = 2}, [=](World& world) {
        Cluster cluster(world, 3);
        for (int round = 0; round < 4; ++round) {
          const NodeId leader = cluster.wait_for_a_settled_leader();
          const NodeId crashes = of_leader ? leader : cluster.others({leader}).front();
          cluster.propose_many(leader, 3);
          world.crash_after_effects(crashes, effects);
          cluster.propose_many(leader, 3);
          world.run_for(2s);
          world.restart(crashes);
          cluster.expect_progress(cluster.servers());
        }
      });
    }
  }
}

GRADED_TEST(Persistence, RandomCrashes, 1,
            "one log, whatever crashes, wherever, with slow disks, cuts and lost messages (RF1 to "
            "RF8); progress when that is over (RF9, RF10)") {
  for (const std::size_t size : {2U, 3U, 5U, 7U}) {
    const sim::Storm storm{.nodes = servers_of_size(size),
                           .end = 20s,
                           .longest = 3s,
                           .crashes = 8,
                           .torn_handlers = 8,
                           .pauses = 2,
                           .cuts = 4,
                           .partitions = 3,
                           .slow_disks = 3};
    std::size_t committed = 0;
    std::size_t terms = 0;
    simulate({.options = rough, .storm = storm, .runs = 10}, [&](World& world) {
      Cluster cluster(world, size);
      cluster.keep_proposing(30ms, 20s);
      world.run_for(21s);
      cluster.expect_progress(cluster.servers());
      committed += cluster.figure3().committed().size();
      terms += cluster.figure3().leaders().size();
    });
    EXPECT_GT(committed, 500U) << "the test means nothing when nothing is committed";
    EXPECT_GT(terms, 30U) << "or when one server leads all the time";
  }
}

}  // namespace
}  // namespace octet::raft
