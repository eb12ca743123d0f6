#include <algorithm>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/asking.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/text.h"

/// There is a leader in time although everybody asks first (RF9).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::Random;
using grading::simulate;
using sim::World;

/// Of so many, one leader after the other crashes, as long as the rest is a majority.
void replace_leaders(std::size_t size) {
  simulate({.options = limited, .runs = 3}, [&](World& world) {
    Cluster cluster(world, size, that_asks_first());
    Term last{};
    for (std::size_t up = size; up >= cluster.majority(); --up) {
      const NodeId leader = cluster.wait_for_a_settled_leader();
      EXPECT_GT(number(cluster.view(leader).term), number(last));
      last = cluster.view(leader).term;
      world.crash(leader);
    }
    for (const NodeId id : cluster.servers()) world.crash(id);
    for (const NodeId id : cluster.servers()) world.restart(id);
    cluster.wait_for_a_settled_leader();
    cluster.expect_progress(cluster.servers());
    if (size > 2) expect_asking(world, cluster);
  });
}

/// All timers are set at the same time, and all messages take equally long.
void ask_at_the_same_time(std::size_t size) {
  const sim::WorldOptions even = {.network = {.min_latency = 30ms, .max_latency = 30ms},
                                  .max_events = 500'000};
  simulate({.options = even, .runs = 5}, [&](World& world) {
    Cluster cluster(world, size, that_asks_first());
    for (int i = 0; i < 3; ++i) {
      world.drop([](const sim::Envelope&) { return true; });
      world.run_for(4 * cluster.config().election_timeout).heal();
      cluster.wait_for_a_settled_leader();
    }
  });
}

/// Hardly anything arrives, so that servers stand and fail, and go on from different terms.
void begin_in_different_terms(std::size_t size) {
  simulate({.options = {.max_events = 500'000}, .runs = 5}, [&](World& world) {
    Cluster cluster(world, size, that_asks_first());
    Random random(world.seed(), "losses");
    world.drop([&](const sim::Envelope&) { return random.below(100) < 60; });
    world.run_for(20s).heal();
    cluster.wait_for_a_settled_leader();
    cluster.expect_progress(cluster.servers());
  });
}

/// The old leader and one other hear each other. All but the old leader hear each other, too, and
/// are just a majority.
void reach_one_only(World& world, std::size_t size) {
  Cluster cluster(world, size, that_asks_first());
  const NodeId old = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  std::vector<NodeId> up = cluster.others({old});
  for (; up.size() > cluster.majority(); up.pop_back()) world.crash(up.back());
  connect(world, cluster, {{old, up.front()}, up});
  const NodeId leader = cluster.wait_for_a_settled_leader(up);
  cluster.wait_until_committed(cluster.propose(leader), up, cluster.election_bound());
  connect_all(world, cluster);
  for (const NodeId id : cluster.servers()) {
    if (!world.is_up(id)) world.restart(id);
  }
  expect_asking(world, cluster);
}

/// Of the three that are left, all of which are needed, one alone has the better log. It is in an
/// earlier term than one of the others, which has stood and heard nothing any more.
void ask_in_an_earlier_term(World& world) {
  Cluster cluster(world, 5, that_asks_first());
  const NodeId old = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  const std::vector<NodeId> others = cluster.others({old});
  const NodeId ahead = others.front();
  const std::vector<NodeId> behind(others.begin() + 1, others.end());
  world.partition({{old, ahead}, behind});
  const std::string command = cluster.propose(old);
  world.run_until([&] { return has_in_log(cluster, ahead, command); }, heartbeats(cluster, 2));
  world.crash(old);
  const Term term = cluster.view(ahead).term;
  const auto stands = [&](NodeId id) { return cluster.view(id).term > term; };
  world.run_until([&] { return std::ranges::any_of(behind, stands); }, cluster.election_bound());
  world.partition({}).crash(stands(behind.back()) ? behind.front() : behind.back());
  world.run_for(50ms).heal();
  cluster.wait_for_leader();
  world.restart(old).restart(behind.front()).restart(behind.back());
  cluster.expect_progress(cluster.servers());
}

GRADED_TEST(PreVote, ThereIsALeader, 1,
            "servers that ask first elect a leader: at the beginning, when one crashes or all do, "
            "when several ask at the same time, from different terms, and when one of those that "
            "are needed hears an old leader that no majority answers (PV3, PV4, RF9)") {
  for (const std::size_t size : {1U, 2U, 3U, 4U, 5U, 7U}) replace_leaders(size);
  for (const std::size_t size : {2U, 4U, 5U, 7U}) ask_at_the_same_time(size);
  for (const std::size_t size : {2U, 3U, 5U}) begin_in_different_terms(size);
  simulate({.options = limited, .runs = 3}, ask_in_an_earlier_term);
  for (const std::size_t size : {4U, 5U, 6U, 7U}) {
    simulate({.options = limited, .runs = 3}, [&](World& world) { reach_one_only(world, size); });
  }
}

}  // namespace
}  // namespace octet::raft
