#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/asking.h"
#include "graders/stage4-raft/text.h"

/// Which answers count (dissertation, §9.6).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

void expect_term_0(const Cluster& cluster, const std::vector<NodeId>& servers,
                   const std::string& why) {
  for (const NodeId id : servers) {
    EXPECT_EQ(number(cluster.view(id).term), 0U)
        << name(id) << " has left its term, and " << why << " (dissertation, §9.6)";
  }
}

/// So few hear each other, and all that they say comes more than once.
void double_everything(std::size_t size, std::size_t together) {
  simulate({.options = limited, .runs = 5}, [&](World& world) {
    Cluster cluster(world, size, that_asks_first());
    const auto& all = cluster.servers();
    world.partition({{all.begin(), all.begin() + static_cast<std::ptrdiff_t>(together)}});
    world.duplicate([](const Envelope&) { return true; }, 0ms);
    world.run_for(20s);
    expect_term_0(cluster, all, "no server reached a majority");
    world.heal();
    cluster.wait_for_a_settled_leader();
  });
}

/// Two others hear what it asks, one for a second and then the other. What the first one answers
/// comes when the second one is asked.
void answer_late(World& world) {
  Cluster cluster(world, 5, that_asks_first());
  const NodeId asker = cluster.servers()[0];
  const NodeId early = cluster.servers()[1];
  const NodeId late = cluster.servers()[2];
  for (const NodeId id : cluster.servers()) world.isolate(id);
  world.heal_one_way(early, asker).heal_one_way(late, asker);
  world.delay([=](const Envelope& sent) { return sent.from == early; }, 1'200ms);
  for (int i = 0; i < 5; ++i) {
    world.heal_one_way(asker, early).run_for(1'100ms);
    world.cut_one_way(asker, early).run_for(100ms);
    world.heal_one_way(asker, late).run_for(1'100ms);
    world.cut_one_way(asker, late).run_for(100ms);
  }
  expect_term_0(cluster, cluster.servers(), "at no time two others have heard one question");
  world.heal();
  cluster.wait_for_a_settled_leader();
}

/// The asker and a friend do not hear the leader for some time. When they do again, a third server
/// gets the question, and does not hear the leader either. That has a majority all the time.
void answer_when_it_hears_a_leader(World& world) {
  Cluster cluster(world, 5, that_asks_first());
  const NodeId leader = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  const std::vector<NodeId> others = cluster.others({leader});
  const NodeId asker = others[0];
  const NodeId one = others[1];
  const NodeId two = others[2];
  const Standing before = standing(cluster);
  world.delay([=](const Envelope& sent) { return sent.from == asker && sent.to == two; }, 1s);
  world.cut_one_way(leader, asker).cut_one_way(leader, one).run_for(900ms);
  world.heal_one_way(leader, asker).heal_one_way(leader, one);
  world.cut_one_way(leader, two).run_for(1'200ms);
  world.heal().run_for(2s);
  expect_unchanged(cluster, before, "an answer came to who heard the leader again");
  cluster.expect_progress(cluster.servers());
}

GRADED_TEST(PreVote, AnswersAreNoVotes, 1,
            "to ask changes no terms; answers count by server, and for the question that they "
            "answer, and not when a leader is heard again (PV1, PV3, RF1, RF11)") {
  double_everything(2, 1);
  double_everything(4, 2);
  double_everything(5, 2);
  double_everything(7, 3);
  simulate({.options = limited, .runs = 5}, answer_late);
  simulate({.options = limited, .runs = 5}, answer_when_it_hears_a_leader);
}

}  // namespace
}  // namespace octet::raft
