#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"

/// What a leader has taken, and nobody else, when it is deposed.
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Nobody hears this leader, and the others hear nobody, so all stand for election and nobody wins.
/// It takes commands until it hears of a later term. Who asks before it stands never gets there.
void depose(World& world, Cluster& cluster, NodeId leader) {
  for (const NodeId id : cluster.others({leader})) {
    for (const NodeId from : cluster.others({id})) world.cut_one_way(from, id);
  }
  const Term term = cluster.view(leader).term;
  const Duration until = world.now() + 4 * cluster.config().election_timeout;
  while (cluster.view(leader).term == term) {
    if (world.now() > until) throw NotSteered();
    cluster.propose(leader);
    world.run_for(5ms);
  }
  world.heal();
}

GRADED_TEST(
    Persistence, ADeposedLeadersEntries, 1,
    "what a leader has taken, and did not write before it was deposed, is on its disk before "
    "it counts for it again (RF8)") {
  const auto scenario = [](World& world) {
    Cluster cluster(world, 3);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    cluster.expect_progress(cluster.servers());
    depose(world, cluster, leader);
    const NodeId other = cluster.others({leader}).front();
    elect(world, cluster, leader, {other});
    const std::string command = cluster.propose(leader);
    cluster.wait_until_committed(command, {leader, other}, cluster.election_bound());
    world.crash(leader).restart(leader);
    connect_all(world, cluster);
    expect_agreement(world, cluster);
  };
  simulate({.options = limited, .runs = 3}, steered(scenario));
}

}  // namespace
}  // namespace octet::raft
