#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

/// How servers learn of later terms (§5.1).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

GRADED_TEST(Election, AnAnswerDeposes, 1,
            "a leader that hears of a later term in an answer follows, also when the new leader "
            "does not reach it (§5.1)") {
  simulate({.options = limited, .runs = 10}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId old = cluster.wait_for_a_settled_leader();
    const Term term = cluster.view(old).term;
    world.isolate(old);
    const NodeId leader = cluster.wait_for_a_settled_leader(cluster.others({old}));
    const NodeId between = cluster.others({old, leader}).front();
    world.heal().bridge(between, {old}, {leader});
    const auto answers = count_sends(world, between, old);
    world.run_for(2s);
    const View now = cluster.view(old);
    if (*answers > 0) {
      EXPECT_FALSE(now.role == Role::leader && now.term == term)
          << name(old) << " still leads in term " << number(term) << ", although " << name(between)
          << ", which is in a later term, has sent it " << *answers << " messages";
    }
    world.heal();
    cluster.wait_for_a_settled_leader();
  });
}

GRADED_TEST(Election, ACandidateFollows, 1, "a candidate follows who leads in its term (§5.2)") {
  simulate({.options = limited, .runs = 30}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId alone = cluster.servers().back();
    const std::vector<NodeId> others = cluster.others({alone});
    world.isolate(alone);
    NodeId leader = others.front();
    bool was_candidate = false;
    // Its next timeout is as far away as can be.
    const auto stands_too = [&] {
      const View now = cluster.view(alone);
      const bool has_just_stood = now.role == Role::candidate && !was_candidate;
      was_candidate = now.role == Role::candidate;
      for (const NodeId id : cluster.leaders(others)) leader = id;
      return has_just_stood && cluster.view(leader).role == Role::leader &&
             cluster.view(leader).term == now.term;
    };
    if (world.run_until(stands_too, 1s)) {
      const Term term = cluster.view(leader).term;
      world.heal().run_for(250ms);
      EXPECT_EQ(cluster.view(alone).role, Role::follower)
          << name(alone) << " stood in term " << number(term) << ", in which " << name(leader)
          << " leads, and has heard its heartbeats since";
      EXPECT_EQ(number(cluster.view(leader).term), number(term));
    }
    world.heal();
    cluster.wait_for_a_settled_leader();
  });
}

}  // namespace
}  // namespace octet::raft
