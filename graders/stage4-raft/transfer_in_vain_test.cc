#include <functional>
#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/asking.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/text.h"
#include "graders/stage4-raft/transfers.h"

/// Nobody takes the place (dissertation, §3.10).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// What is proposed at this leader soon is committed, in its present term.
void expect_to_go_on(World& world, Cluster& cluster, NodeId leader, Duration within) {
  const Term term = cluster.view(leader).term;
  bool is_taken = false;
  for (Duration passed{}; !is_taken && passed < within; passed += 50ms) {
    const std::string command = cluster.propose(leader);
    is_taken = world.run_until([&] { return cluster.is_committed(command); }, 50ms);
  }
  EXPECT_TRUE(is_taken) << name(leader)
                        << " was to give its place away, nobody took it, and it has "
                        << "committed nothing that was proposed since (dissertation, §3.10)";
  EXPECT_EQ(cluster.view(leader).role, Role::leader);
  EXPECT_EQ(number(cluster.view(leader).term), number(term));
}

using Loss = std::function<void(World&, const Cluster&, NodeId target)>;

/// The target cannot take over, however often it is asked for. Another one can, and so can it when
/// it is back.
void give_up(std::size_t size, const Loss& lose) {
  for (const bool pre_vote : {false, true}) {
    simulate({.options = limited, .runs = 2}, [&](World& world) {
      Config config;
      config.pre_vote = pre_vote;
      Cluster cluster(world, size, config);
      const NodeId leader = cluster.wait_for_a_settled_leader();
      cluster.expect_progress(cluster.servers());
      const NodeId target = cluster.others({leader}).front();
      const NodeId other = cluster.others({leader}).back();
      lose(world, cluster, target);
      for (int i = 0; i < 2; ++i) {
        transfer(world, leader, target);
        expect_to_go_on(world, cluster, leader, 5 * config.election_timeout);
      }
      expect_transfer(world, cluster, leader, other);
      world.heal().restart(target).run_for(1s);
      const NodeId last = cluster.wait_for_a_settled_leader();
      cluster.expect_progress(cluster.servers());
      expect_transfer(world, cluster, last, last == target ? other : target);
    });
  }
}

/// Nothing is to happen, at this server.
void ask_for_nothing(World& world, Cluster& cluster, NodeId at, NodeId to) {
  const Standing before = standing(cluster);
  const NodeId leader = before.leaders.front();
  transfer(world, at, to);
  const std::string command = cluster.propose(leader);
  cluster.wait_until_committed(command, {leader}, cluster.config().election_timeout);
  world.run_for(2s);
  expect_unchanged(
      cluster, before,
      name(at) + " was to give its place to " + name(to) +
          (at == leader ? " (which is no other server of the cluster)" : " (and does not lead)"));
}

GRADED_TEST(Transfer, TheLeaderGoesOn, 1,
            "when the target is down or cut off, the leader takes proposals again soon after an "
            "election timeout, in its term. It does nothing for itself or for a stranger, and "
            "nobody does who does not lead (LT2, RF11)") {
  for (const std::size_t size : {3U, 5U}) {
    give_up(size, [](World& world, auto&, NodeId target) { world.crash(target); });
    give_up(size, [](World& world, auto&, NodeId target) { world.isolate(target); });
    give_up(size, [](World& world, const Cluster& cluster, NodeId target) {
      for (const NodeId id : cluster.others({target})) world.cut_one_way(target, id);
    });
  }
  for (const std::size_t size : {1U, 3U, 4U}) {
    simulate({.options = limited}, [&](World& world) {
      Cluster cluster(world, size);
      const NodeId leader = cluster.wait_for_a_settled_leader();
      cluster.expect_progress(cluster.servers());
      ask_for_nothing(world, cluster, leader, leader);
      ask_for_nothing(world, cluster, leader, 1000);
      for (const NodeId id : cluster.others({leader})) {
        ask_for_nothing(world, cluster, id, id);
        ask_for_nothing(world, cluster, id, cluster.others({id}).front());
      }
      if (size > 1) expect_some_transfer(world, cluster);
    });
  }
}

}  // namespace
}  // namespace octet::raft
