#include <map>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

/// Which votes count (§5.2).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

GRADED_TEST(Election, CopiesAreOneVote, 1, "a vote that comes twice is one vote (§5.2, RF6)") {
  const auto reach = [](std::size_t size, std::size_t together) {
    simulate({.options = limited, .runs = 5}, [&](World& world) {
      Cluster cluster(world, size);
      const auto& all = cluster.servers();
      world.partition({{all.begin(), all.begin() + static_cast<std::ptrdiff_t>(together)}});
      world.duplicate([](const sim::Envelope&) { return true; }, 0ms);
      world.run_for(20s);
      EXPECT_EQ(cluster.figure3().leaders().size(), 0U)
          << together << " of " << size << " servers can talk to each other, and one of them led";
      world.heal();
      cluster.wait_for_a_settled_leader();
    });
  };
  reach(4, 2);
  reach(5, 2);
  reach(7, 3);
}

/// The candidate has a vote in its first term, which comes so late, and another one in a later
/// term.
void vote_in_two_terms(World& world, Duration late) {
  Cluster cluster(world, 5);
  const NodeId candidate = cluster.servers()[0];
  const NodeId first = cluster.servers()[1];
  const NodeId second = cluster.servers()[2];
  for (const NodeId voter : {first, second}) world.skew_clock(voter, -500'000);  // they stand late
  world.partition({{candidate, first}});
  world.delay([=](const auto& message) { return message.from == first; }, late);
  const auto stands = [&] { return number(cluster.view(candidate).term) > 0; };
  if (world.run_until(stands, 2s)) {
    world.run_for(25ms);  // the first one is asked
    world.cut_one_way(candidate, first);
    world.heal_one_way(candidate, second).heal_one_way(second, candidate);
    world.run_for(1'200ms);
    EXPECT_EQ(cluster.figure3().leaders().size(), 0U)
        << name(candidate) << " has led, and no three servers voted in one term";
  }
  world.heal();
  cluster.wait_for_a_settled_leader();
}

GRADED_TEST(Election, OldVotesDoNotCount, 1,
            "a vote counts in the election that it was given in, and not in a later one (§5.2, "
            "RF6)") {
  for (const Duration late : {Duration(0ms), Duration(700ms)}) {
    simulate({.options = limited, .runs = 10},
             [late](World& world) { vote_in_two_terms(world, late); });
  }
}

GRADED_TEST(Election, SplitVotesEnd, 1,
            "when nobody wins, the candidates stand again, and not all at the same time (§5.2, "
            "RF9)") {
  const sim::WorldOptions even = {.network = {.min_latency = 5ms, .max_latency = 5ms},
                                  .max_events = 500'000};
  for (const std::size_t size : {2U, 3U, 4U, 5U, 7U}) {
    simulate({.options = even, .runs = 5}, [&](World& world) {
      Cluster cluster(world, size);
      world.drop([](const sim::Envelope&) { return true; });
      world.run_for(2 * cluster.config().election_timeout).heal();
      cluster.wait_for_a_settled_leader();
    });
  }
}

GRADED_TEST(Election, ALostVoteIsGivenAgain, 1,
            "who has voted for a candidate says so again when it is asked again in the same term "
            "(Figure 2: votedFor is null or candidateId)") {
  simulate({.options = limited, .runs = 10}, [](World& world) {
    Cluster cluster(world, 3);
    const NodeId candidate = cluster.servers()[0];
    const NodeId one = cluster.servers()[1];
    const NodeId other = cluster.servers()[2];
    world.bridge(candidate, {one}, {other});
    for (const NodeId voter : {one, other}) world.skew_clock(voter, -500'000);  // they stand late
    // Each question comes twice, and its first answer is lost. What the other two ask is lost, too.
    world.duplicate([=](const auto& message) { return message.from == candidate; }, 15ms);
    std::map<NodeId, Duration> last;
    world.drop([&](const sim::Envelope& message) {
      if (message.to != candidate) return false;
      const bool is_first = !last.contains(message.from) || world.now() - last[message.from] > 60ms;
      last[message.from] = world.now();
      return is_first;
    });
    cluster.wait_for_leader();
  });
}

}  // namespace
}  // namespace octet::raft
