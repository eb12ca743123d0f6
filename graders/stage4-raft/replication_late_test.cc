#include <algorithm>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"

/// Messages that come late, after newer ones, or twice (§5.3).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

GRADED_TEST(Replication, AnOlderRequestComesLater, 1,
            "a request that comes after a newer one takes nothing out of the log: it may have been "
            "counted (§5.3, RF4)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    const NodeId hears = cluster.others({leader}).front();
    cluster.expect_progress(cluster.servers());
    connect(world, cluster, {{leader, hears}});
    bool is_slow = true;
    world.delay([&](const Envelope& sent) { return is_slow && sent.to == hears; }, 270ms);
    const std::string first = cluster.propose(leader);
    world.run_for(20ms);
    is_slow = false;
    const std::string second = cluster.propose(leader);
    cluster.wait_until_committed(second, {leader}, heartbeats(cluster, 20));
    const auto is_gone = [&] {
      return !has_in_log(cluster, hears, first) || !has_in_log(cluster, hears, second);
    };
    EXPECT_FALSE(world.run_until(is_gone, 500ms))
        << "server " << hears.value << " had it, and its leader has counted on that";
    connect(world, cluster, {cluster.others({leader})});
    cluster.expect_progress(cluster.others({leader}));
    connect_all(world, cluster);
    expect_agreement(world, cluster);
  });
}

/// `one` leads; what it sends to `two` is acknowledged. Then `five` leads, and writes over that, in
/// both logs. When `one` leads again, `two` hears nothing of it.
void lead_twice(World& world, Duration replies_late_by) {
  Cluster cluster(world, 5);
  const NodeId one = cluster.wait_for_a_settled_leader();
  const auto others = cluster.others({one});
  const NodeId two = others[0];
  const std::vector<NodeId> voters = {others[1], others[2]};
  const NodeId five = others[3];
  cluster.expect_progress(cluster.servers());

  connect(world, cluster, {{one, two}});
  bool is_late = true;
  world.delay([&](const Envelope& sent) { return is_late && sent.from == two; }, replies_late_by);
  cluster.propose_many(one, 9);
  const std::string last = cluster.propose(one);
  const Duration acknowledged = world.now() + replies_late_by + 1s;
  const auto has_it = [&] { return has_in_log(cluster, two, last); };
  EXPECT_TRUE(world.run_until(has_it, heartbeats(cluster, 10)));
  world.run_for(50ms);
  is_late = false;

  elect(world, cluster, five, voters);
  connect_all(world, cluster);
  expect_agreement(world, cluster);
  EXPECT_FALSE(has_in_log(cluster, one, last)) << "the leader that was elected did not have it";

  elect(world, cluster, one, voters);
  connect(world, cluster, {{one, voters.front()}});
  world.heal_one_way(two, one);
  cluster.propose_many(one, 9);
  const std::string here = cluster.propose(one);
  world.run_for(std::max<Duration>(acknowledged - world.now(), 500ms));
  EXPECT_FALSE(cluster.is_committed(here)) << "two of five servers have it";
  connect_all(world, cluster);
  expect_agreement(world, cluster);
}

GRADED_TEST(Replication, AnEarlierTermIsOver, 1,
            "what a leader knew of the others' logs when it led before, and replies from then that "
            "come now, count for nothing (§5.3, RF7)") {
  for (const Duration replies_late_by : {0s, 30s}) {
    simulate({.options = limited, .runs = 2},
             steered([&](World& world) { lead_twice(world, replies_late_by); }));
  }
}

GRADED_TEST(Replication, AnOldLeaderWritesNothing, 1,
            "a request of an earlier term changes nothing, however late it comes (§5.1, RF4)") {
  simulate({.options = limited, .runs = 3}, steered([](World& world) {
             Cluster cluster(world, 3);
             const NodeId old = cluster.wait_for_a_settled_leader();
             const auto others = cluster.others({old});
             cluster.expect_progress(cluster.servers());
             connect(world, cluster, {});
             world.heal_one_way(old, others[0]).heal_one_way(old, others[1]);
             world.delay([&](const Envelope& sent) { return sent.from == old; }, 20s);
             cluster.propose_many(old, 5);
             world.run_for(heartbeats(cluster, 3));
             const Duration late = world.now() + 21s;
             elect(world, cluster, others[0], {others[1]});
             connect(world, cluster, {others});
             cluster.propose_many(others[0], 2);
             const std::string committed = cluster.propose(others[0]);
             cluster.wait_until_committed(committed, others, heartbeats(cluster, 20));
             world.heal_one_way(old, others[0]).heal_one_way(old, others[1]);
             const auto is_gone = [&] {
               return !has_in_log(cluster, others[0], committed) ||
                      !has_in_log(cluster, others[1], committed);
             };
             EXPECT_FALSE(world.run_until(is_gone, late - world.now())) << "it is committed";
             connect_all(world, cluster);
             expect_agreement(world, cluster);
           }));
}

GRADED_TEST(
    Replication, ALaterTermIsTakenOver, 1,
    "a leader that hears from a server of a later term, be it a reply, takes that term over "
    "and leads no more (§5.1, RF9)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId old = cluster.wait_for_a_settled_leader();
    const auto others = cluster.others({old});
    connect(world, cluster, {others});
    const NodeId leader = cluster.wait_for_a_settled_leader(others);
    cluster.expect_progress(others);
    const NodeId follower = cluster.others({old, leader}).front();
    const Term term = cluster.view(follower).term;
    connect(world, cluster, {others, {old, follower}});
    const auto answers = count_sends(world, follower, old);
    cluster.propose_many(old, 3);
    world.run_for(heartbeats(cluster, 20));
    if (*answers > 0) {
      EXPECT_GE(cluster.view(old).term, term)
          << "server " << follower.value << " has answered it from term "
          << static_cast<std::uint64_t>(term);
    }
    world.heal();
    expect_agreement(world, cluster);
  });
}

GRADED_TEST(Replication, EveryMessageComesTwice, 1,
            "all apply each command once when every message comes twice and they overtake each "
            "other; no message leads to more and more of them (§5.3, RF12)") {
  const sim::WorldOptions twice = {.network = {.max_latency = 120ms, .duplication = 1'000'000},
                                   .max_events = 50'000};
  simulate({.options = twice, .runs = 5}, [&](World& world) {
    Cluster cluster(world, 3);
    for (int i = 0; i < 5; ++i) {
      cluster.propose_many(cluster.wait_for_leader(), 5);
      world.run_for(heartbeats(cluster, 3));
    }
    expect_agreement(world, cluster);
    EXPECT_GE(cluster.figure3().committed().size(), 15U);
  });
}

}  // namespace
}  // namespace octet::raft
