#include <string>
#include <variant>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"

/// What counts for committed, and what a server may say to those who propose (§5.3, §8).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

std::vector<NotLeader> refusals(const World& world, NodeId id) {
  std::vector<NotLeader> refusals;
  for (const Output& output : world.outputs<Output>(id)) {
    if (const auto* refused = std::get_if<NotLeader>(&output)) refusals.push_back(*refused);
  }
  return refusals;
}

GRADED_TEST(Replication, AMinorityCommitsNothing, 1,
            "nothing is committed that is not in the logs of a majority, which of four servers are "
            "three; what was proposed may vanish (§5.3, RF7)") {
  for (const std::size_t size : {2U, 3U, 4U, 5U}) {
    simulate({.options = limited}, [&](World& world) {
      Cluster cluster(world, size);
      const NodeId leader = cluster.wait_for_a_settled_leader();
      cluster.expect_progress(cluster.servers());
      const std::size_t before = cluster.figure3().committed().size();
      std::vector<NodeId> minority = {leader};
      for (const NodeId id : cluster.others({leader})) {
        if (minority.size() < size - cluster.majority()) minority.push_back(id);
      }
      connect(world, cluster, {minority});
      cluster.propose_many(leader, 5);
      world.run_for(10s);
      EXPECT_EQ(cluster.figure3().committed().size(), before)
          << "commands are committed, and the leader has heard of " << minority.size() << " of "
          << size << " servers, itself among them, since they were proposed";
      connect_all(world, cluster);
      expect_agreement(world, cluster);
    });
  }
}

GRADED_TEST(Replication, OnlyRepliesCount, 1,
            "a leader counts a server when it has the reply, for what the request had: not when it "
            "sends, and not for what it appended meanwhile (§5.3, RF7)") {
  simulate({.options = limited, .runs = 5}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    cluster.expect_progress(cluster.servers());
    const NodeId hears = cluster.others({leader}).front();
    connect(world, cluster, {{leader, hears}});
    const std::string first = cluster.propose(leader);
    const bool arrived =
        world.run_until([&] { return has_in_log(cluster, hears, first); }, heartbeats(cluster, 10));
    EXPECT_TRUE(arrived) << "the leader does not send \"" << first
                         << "\" to a server that hears it";
    world.cut_one_way(leader, hears);
    const std::string second = cluster.propose(leader);
    world.run_for(heartbeats(cluster, 2));
    EXPECT_FALSE(cluster.is_committed(second)) << "it never came to another server";
    connect_all(world, cluster);
    expect_agreement(world, cluster);
    EXPECT_TRUE(cluster.is_committed(first)) << "a majority has had it";
  });
}

GRADED_TEST(Replication, OthersDoNotTakeProposals, 1,
            "a server that does not lead says so, or finds somebody who leads; whom it names does "
            "lead (§8)") {
  simulate({.options = limited, .runs = 2}, [](World& world) {
    Cluster cluster(world, 5);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    for (const NodeId id : cluster.others({leader})) {
      const std::string command = cluster.propose(id);
      world.run_for(heartbeats(cluster, 20));
      const auto refused = refusals(world, id);
      EXPECT_EQ(refused.size() + (cluster.is_committed(command) ? 1 : 0), 1)
          << "times that the proposal at server " << id.value << " was refused or committed";
      for (const NotLeader& refusal : refused) {
        EXPECT_EQ(refusal.command, command) << "what it refuses is what was proposed";
        EXPECT_EQ(refusal.leader.value_or(leader), leader)
            << "it has heard of this one alone for a long time";
      }
    }
    expect_agreement(world, cluster);
  });
}

/// The old leader is heard and hears nothing, so that its entry waits in a log that wins later.
GRADED_TEST(
    Replication, ADeposedLeaderIsHonest, 1,
    "what a leader has taken it does not refuse when it is deposed, for it may be committed "
    "yet; what it refuses is in no log (§5.3, §8)") {
  simulate(
      {.options = limited, .runs = 10}, steered([](World& world) {
        Cluster cluster(world, 3);
        const NodeId old = cluster.wait_for_a_settled_leader();
        const NodeId next = cluster.others({old}).front();
        connect(world, cluster, {});
        world.heal_one_way(old, next);
        const std::string taken = cluster.propose(old);
        world.run_until([&] { return has_in_log(cluster, next, taken); }, heartbeats(cluster, 10));
        const NodeId voter = cluster.others({old, next}).front();
        elect(world, cluster, next, {voter});
        // What deposes it may be a reply, before it knows who leads.
        connect(world, cluster, {{old, voter}, {next, voter}});
        const auto is_deposed = [&] { return cluster.view(old).role != Role::leader; };
        world.run_until(is_deposed, heartbeats(cluster, 3));
        if (is_deposed()) cluster.propose_many(old, 3);
        connect_all(world, cluster);
        EXPECT_TRUE(world.run_until(is_deposed, cluster.election_bound()))
            << "server " << old.value << " hears a leader of a later term, and goes on to lead";
        cluster.propose_many(old, 3);
        expect_agreement(world, cluster);
        EXPECT_TRUE(cluster.is_committed(taken)) << "it was in the log of the one that led next";
      }));
}

}  // namespace
}  // namespace octet::raft
