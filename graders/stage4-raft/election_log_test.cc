#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

/// Who may lead follows from what is in the logs (§5.4.1). Needs replication, too.
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// One server has a long tail of an old term that nobody else has; the others have committed
/// something newer, and shorter. Then one of these and it must elect a leader.
void elect_from_a_long_and_a_new_log(World& world) {
  Cluster cluster(world, 3);
  const NodeId old = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  world.isolate(old);
  cluster.propose_many(old, 5);
  const std::vector<NodeId> others = cluster.others({old});
  const NodeId leader = cluster.wait_for_a_settled_leader(others);
  cluster.wait_until_committed(cluster.propose(leader), others, 2s);
  const NodeId newer = cluster.others({old, leader}).front();
  EXPECT_GT(cluster.view(old).log.size(), cluster.view(newer).log.size())
      << "the test means nothing otherwise";
  world.crash(leader).heal();
  const NodeId winner = cluster.wait_for_a_settled_leader({old, newer});
  EXPECT_EQ(winner, newer) << name(old) << " has a longer log, but its last term is older";
  cluster.wait_until_committed(cluster.propose(winner), {old, newer}, 2s);
}

GRADED_TEST(Election, TheNewerLogWins, 1,
            "a log with a later last term beats a longer one of an earlier term (§5.4.1, RF4, "
            "RF6)") {
  simulate({.options = limited, .runs = 12}, elect_from_a_long_and_a_new_log);
}

GRADED_TEST(Election, TheLongerLogWins, 1,
            "of two logs with the same last term the longer one wins, so nothing that is committed "
            "is lost (§5.4.1, RF4)") {
  simulate({.options = limited, .runs = 12}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    cluster.expect_progress(cluster.servers());
    const NodeId behind = cluster.others({leader}).front();
    const NodeId ahead = cluster.others({leader, behind}).front();
    world.partition({{leader, ahead}});
    cluster.propose_many(leader, 5);
    cluster.wait_until_committed(cluster.propose(leader), {leader, ahead}, 2s);
    world.crash(leader).heal();
    EXPECT_EQ(cluster.wait_for_a_settled_leader({behind, ahead}), ahead)
        << name(behind) << " lacks what is committed";
    cluster.expect_progress({behind, ahead});
  });
}

GRADED_TEST(Election, AnOldLeaderIsNotHeard, 1,
            "what a leader of an earlier term sends changes nothing (§5.1, RF4)") {
  simulate({.options = limited, .runs = 5}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId old = cluster.wait_for_a_settled_leader();
    world.isolate(old);
    cluster.propose_many(old, 5);
    const std::vector<NodeId> others = cluster.others({old});
    const NodeId leader = cluster.wait_for_a_settled_leader(others);
    cluster.wait_until_committed(cluster.propose(leader), others, 2s);
    world.crash(leader).heal().run_for(50ms);  // the old leader has not heard of a later term
    cluster.wait_for_a_settled_leader(cluster.others({leader}));
    cluster.expect_progress(cluster.others({leader}));
  });
}

GRADED_TEST(Election, TermsSpread, 1,
            "whoever is asked for a vote in a later term takes the term over, also when it refuses "
            "(§5.1)") {
  simulate({.options = limited, .runs = 5}, [](World& world) {
    Cluster cluster(world, 5);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    const NodeId stale = cluster.others({leader}).front();
    const NodeId voter = cluster.others({leader}).back();
    world.isolate(stale);
    cluster.propose_many(leader, 5);
    world.run_for(2s);
    world.isolate(voter).run_for(1s);  // it does not hear the leader any more
    world.heal().partition({{stale, voter}});
    const auto asked = count_sends(world, stale, voter);
    for (int i = 0; i < 10; ++i) {
      const Term before = cluster.view(stale).term;
      *asked = 0;
      const auto stands = [&] { return cluster.view(stale).term > before; };
      if (!world.run_until(stands, 2s)) break;
      world.run_for(50ms);
      if (*asked == 0) continue;
      EXPECT_GE(number(cluster.view(voter).term), number(before) + 1)
          << name(stale) << " stands in a later term and has asked " << name(voter);
    }
    world.heal();
    cluster.wait_for_a_settled_leader();
  });
}

}  // namespace
}  // namespace octet::raft
