#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

/// Leaders and terms (§5.1, §5.2).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

GRADED_TEST(Election, OneLeads, 1,
            "servers that can talk to each other elect one of them, and the others follow it in "
            "its term (§5.2, RF9)") {
  for (const std::size_t size : {1U, 2U, 3U, 4U, 5U, 7U}) {
    simulate({.options = limited, .runs = 5}, [&](World& world) {
      Cluster cluster(world, size);
      const NodeId leader = cluster.wait_for_a_settled_leader();
      for (const NodeId id : cluster.servers()) {
        const View now = cluster.view(id);
        EXPECT_EQ(now.role, id == leader ? Role::leader : Role::follower) << name(id);
        EXPECT_EQ(number(now.term), number(cluster.view(leader).term)) << name(id);
      }
    });
  }
}

GRADED_TEST(Election, TheLeaderStays, 1,
            "a leader that reaches everybody keeps its place: its heartbeats come in time, though "
            "nobody proposes anything (§5.2, RF11)") {
  const sim::WorldOptions slow = {.network = {.min_latency = 1ms, .max_latency = 40ms},
                                  .max_events = 500'000};
  for (const std::size_t size : {3U, 5U}) {
    simulate({.options = slow, .runs = 3}, [&](World& world) {
      Cluster cluster(world, size);
      const NodeId leader = cluster.wait_for_a_settled_leader();
      const Term term = cluster.view(leader).term;
      world.run_for(120s);
      for (const NodeId id : cluster.servers()) {
        EXPECT_EQ(number(cluster.view(id).term), number(term))
            << name(id) << " is in another term, though the leader was never away";
      }
      EXPECT_EQ(cluster.view(leader).role, Role::leader);
    });
  }
}

GRADED_TEST(Election, AMajorityElects, 1,
            "who reaches no majority does not lead; when a majority is together again, it has a "
            "leader (§5.2, RF1, RF9)") {
  const auto split = [](std::size_t size, std::vector<std::size_t> groups) {
    simulate({.options = limited, .runs = 3}, [&](World& world) {
      Cluster cluster(world, size);
      std::vector<std::vector<NodeId>> parts;
      auto next = cluster.servers().begin();
      for (const std::size_t members : groups) {
        parts.emplace_back(next, next + static_cast<std::ptrdiff_t>(members));
        next += static_cast<std::ptrdiff_t>(members);
      }
      world.partition(parts).run_for(20s);
      EXPECT_EQ(cluster.figure3().leaders().size(), 0U)
          << "somebody has led, and no server reached a majority";
      world.heal();
      cluster.wait_for_a_settled_leader();
    });
  };
  split(2, {1, 1});
  split(4, {2, 2});
  split(5, {2, 2, 1});
  split(7, {3, 3, 1});
}

GRADED_TEST(Election, ALeaderIsReplaced, 1,
            "when the leader crashes the others elect another one in a later term, as long as they "
            "are a majority (§5.2, RF9)") {
  for (const std::size_t size : {3U, 5U, 7U}) {
    simulate({.options = limited, .runs = 5}, [&](World& world) {
      Cluster cluster(world, size);
      Term last{};
      for (std::size_t up = size; up >= cluster.majority(); --up) {
        const NodeId leader = cluster.wait_for_a_settled_leader();
        EXPECT_GT(number(cluster.view(leader).term), number(last));
        last = cluster.view(leader).term;
        world.crash(leader);
      }
      world.run_for(10s);
      EXPECT_EQ(cluster.leaders().size(), 0U) << "the servers that are up are no majority";
    });
  }
}

GRADED_TEST(Election, ADeposedLeaderFollows, 2,
            "a leader that was cut off finds a later term when it comes back, and follows (§5.1, "
            "RF1, RF9)") {
  for (const std::size_t size : {3U, 5U}) {
    simulate({.options = limited, .runs = 5}, [&](World& world) {
      Cluster cluster(world, size);
      const NodeId old = cluster.wait_for_a_settled_leader();
      const Term term = cluster.view(old).term;
      world.isolate(old);
      const NodeId leader = cluster.wait_for_a_settled_leader(cluster.others({old}));
      EXPECT_GT(number(cluster.view(leader).term), number(term));
      world.heal();
      const NodeId last = cluster.wait_for_a_settled_leader();
      EXPECT_EQ(cluster.leaders(), std::vector<NodeId>{last});
      EXPECT_GT(number(cluster.view(old).term), number(term));
    });
  }
}

}  // namespace
}  // namespace octet::raft
