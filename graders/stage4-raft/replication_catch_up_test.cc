#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/guard.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"

/// Logs that were apart become one again (§5.3).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

GRADED_TEST(Replication, ACutOffFollowerCatchesUp, 1,
            "a follower that was cut off, or has heard nothing at all yet, has everything soon "
            "after it is back, also when it takes many messages (§5.3, RF10)") {
  for (const bool from_the_start : {true, false}) {
    for (const int commands : {1, 40}) {
      simulate({.options = limited, .runs = 2}, [&](World& world) {
        Cluster cluster(world, 3, with_most_bytes(50));
        const NodeId away = cluster.servers().back();
        const auto there = cluster.others({away});
        if (!from_the_start) cluster.expect_progress(cluster.servers());
        connect(world, cluster, {there});
        const NodeId leader = cluster.wait_for_a_settled_leader(there);
        for (int i = 1; i < commands; ++i) cluster.propose(leader);
        const std::string last = cluster.propose(leader);
        cluster.wait_until_committed(last, there, cluster.election_bound());
        connect_all(world, cluster);
        cluster.wait_until_committed(last, {away}, cluster.election_bound());
        expect_agreement(world, cluster);
      });
    }
  }
}

/// A pair of servers that leads in turns, each time elected by all others, and each time heard by
/// nobody but the other of the pair: their logs fill with entries of many terms. Nothing of it is
/// committed.
void fill_logs(World& world, Cluster& cluster, const std::vector<NodeId>& pair, int terms,
               std::size_t entries_each) {
  const auto voters = cluster.others(pair);
  for (int i = 0; i < terms; ++i) {
    const NodeId leader = pair[static_cast<std::size_t>(i % 2)];
    const NodeId other = pair[static_cast<std::size_t>((i + 1) % 2)];
    elect(world, cluster, leader, voters);
    connect(world, cluster, {pair});
    cluster.propose_many(leader, entries_each - 1);
    const std::string last = cluster.propose(leader);
    const auto has_all = [&] { return has_in_log(cluster, other, last); };
    EXPECT_TRUE(world.run_until(has_all, heartbeats(cluster, 200)))
        << "server " << other.value << " hears its leader, and does not get what was proposed";
  }
}

/// The logs of two servers are full of entries of other terms, where the others have as many of
/// their own. Their leader is new, and does not know how far the logs agree.
void repair_logs(World& world, Cluster& cluster, int terms, std::size_t entries_each,
                 int most_heartbeats) {
  const auto others = cluster.others({cluster.wait_for_a_settled_leader()});
  const std::vector<NodeId> pair = {others[0], others[2]};
  fill_logs(world, cluster, pair, terms, entries_each);
  const auto rest = cluster.others(pair);
  elect(world, cluster, rest[0], {rest[1], rest[2]});
  connect(world, cluster, {rest});
  cluster.propose_many(rest[0], static_cast<std::size_t>(terms) * entries_each);
  cluster.expect_progress(rest);
  elect(world, cluster, rest[1], {rest[0], rest[2]});
  const std::string last = cluster.propose(rest[1]);
  connect_all(world, cluster);
  cluster.wait_until_committed(last, cluster.servers(), heartbeats(cluster, most_heartbeats));
}

GRADED_TEST(Replication, EntriesOfManyTermsAreReplaced, 1,
            "a log with hundreds of entries of several terms that nobody else has becomes the "
            "leader's, within 100 heartbeats (§5.3, RF10)") {
  simulate({.options = limited, .runs = 2}, steered([](World& world) {
             Cluster cluster(world, 5);
             cluster.expect_progress(cluster.servers());
             repair_logs(world, cluster, 6, 40, 100);
             expect_agreement(world, cluster);
           }));
}

/// Not with simulate(): what such long logs show would fill the memory with its trace.
GRADED_TEST(Replication, ThousandsOfEntriesAreReplaced, 1,
            "a log with two thousand entries that nobody else has becomes the leader's, without a "
            "heartbeat for each of them: within 750 heartbeats (§5.3 end, RF10)") {
  World world(grading::seed(), {.max_events = 1'000'000});
  grading::guarded(steered([](World& guarded) {
    Cluster cluster(guarded, 5);
    cluster.expect_progress(cluster.servers());
    repair_logs(guarded, cluster, 4, 500, 750);
    expect_agreement(guarded, cluster);
  }))(world);
  if (!world.failure().empty()) grading::fail(world.failure());
}

}  // namespace
}  // namespace octet::raft
