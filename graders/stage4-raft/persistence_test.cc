#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

/// What a server knows after a crash (§5.1, Figure 2: persistent state).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

void crash_all(World& world, const Cluster& cluster) {
  for (const NodeId id : cluster.servers()) world.crash(id);
}

void restart_all(World& world, const Cluster& cluster) {
  for (const NodeId id : cluster.servers()) world.restart(id);
}

GRADED_TEST(
    Persistence, AllRestart, 2,
    "when all servers crash and start again, everything that was committed is applied again, "
    "in the same order (§5.3, RF8)") {
  for (const std::size_t size : {1U, 2U, 3U, 5U}) {
    simulate({.options = limited, .runs = 3}, [&](World& world) {
      Cluster cluster(world, size);
      for (int round = 0; round < 3; ++round) {
        const NodeId leader = cluster.wait_for_a_settled_leader();
        cluster.propose_many(leader, 5);
        cluster.expect_progress(cluster.servers());
        crash_all(world, cluster);
        restart_all(world, cluster);
      }
      cluster.expect_progress(cluster.servers());
      EXPECT_GE(cluster.figure3().committed().size(), 19U);
      for (const NodeId id : cluster.servers()) {
        EXPECT_EQ(cluster.figure3().committed_at(id), cluster.figure3().committed().size())
            << name(id) << " has not applied everything since it started again";
      }
    });
  }
}

GRADED_TEST(Persistence, OneRestarts, 1,
            "a server that was down gets what it has missed, and what it had counts (§5.3, RF8, "
            "RF10)") {
  simulate({.options = limited, .runs = 5}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    const NodeId down = cluster.others({leader}).front();
    cluster.expect_progress(cluster.servers());
    world.crash(down);
    cluster.propose_many(leader, 20);
    cluster.expect_progress(cluster.others({down}));
    // Now it is needed for a majority.
    world.crash(leader).restart(down);
    cluster.expect_progress(cluster.others({leader}));
    world.restart(leader);
    cluster.expect_progress(cluster.servers());
  });
}

GRADED_TEST(Persistence, TheTermSurvives, 1,
            "a server that has taken entries of a term does not go back to an earlier one by a "
            "crash (§5.1, RF6, RF8)") {
  simulate({.options = limited, .runs = 5}, [](World& world) {
    Cluster cluster(world, 3);
    for (int round = 0; round < 3; ++round) {
      const NodeId leader = cluster.wait_for_a_settled_leader();
      cluster.expect_progress(cluster.servers());
      world.run_for(1s);
      world.isolate(leader);
      cluster.wait_for_a_settled_leader(cluster.others({leader}));
      world.heal();
    }
    cluster.wait_for_a_settled_leader();
    cluster.expect_progress(cluster.servers());
    world.run_for(1s);
    for (const NodeId id : cluster.servers()) {
      const Term before = cluster.view(id).term;
      world.crash(id).restart(id);
      EXPECT_GE(number(cluster.view(id).term), number(before)) << name(id);
    }
    cluster.expect_progress(cluster.servers());
  });
}

GRADED_TEST(Persistence, AnAnswerWaitsForTheDisk, 2,
            "an entry counts for a server when it is on that server's disk, and not before (§5.3, "
            "Figure 2, RF8)") {
  for (const std::size_t size : {2U, 3U, 5U}) {
    simulate({.options = limited, .runs = 5}, [&](World& world) {
      Cluster cluster(world, size);
      const NodeId leader = cluster.wait_for_a_settled_leader();
      cluster.expect_progress(cluster.servers());
      const std::vector<NodeId> followers = cluster.others({leader});
      for (const NodeId id : followers) world.slow_disk(id, 2s);
      const std::string command = cluster.propose(leader);
      world.run_for(1s);
      EXPECT_FALSE(cluster.is_committed(command))
          << "it is on the disk of " << name(leader) << " alone";
      for (const NodeId id : followers) {
        world.crash(id).slow_disk(id, 500us).restart(id);
      }
      cluster.expect_progress(cluster.servers());
    });
  }
}

}  // namespace
}  // namespace octet::raft
