#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

/// A vote that was given before a crash (§5.2, Figure 2: votedFor is persistent).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Two servers stand in one term. At the moment when the first one wins with the vote of the third,
/// before the request of the second one arrives, a voter crashes. It starts again and gets that
/// request. In a run in which the two do not stand in one term nothing comes of it.
void ask_again_after_a_crash(World& world, bool crash_the_winner) {
  Cluster cluster(world, 3);
  const NodeId winner = cluster.servers()[0];
  const NodeId late = cluster.servers()[1];
  const NodeId voter = cluster.servers()[2];
  world.skew_clock(voter, -500'000);  // it does not stand itself
  world.slow_disk(winner, 40ms);      // what it writes as it wins is not on its disk
  world.cut_one_way(winner, late).cut_one_way(voter, late);
  world.delay([=](const auto& message) { return message.from == late; }, 100ms);
  Duration stood{};
  const auto has_won = [&] {
    if (cluster.view(late).role == Role::candidate && stood == Duration()) stood = world.now();
    return cluster.view(winner).role == Role::leader;
  };
  const auto has_voted = [&] { return has_won() || cluster.view(voter).voted_for == winner; };
  world.run_until(has_voted, 700ms);
  // Entries of this term would make the voter's log better than that of the one who asks.
  if (!crash_the_winner) world.cut_one_way(winner, voter);
  const bool is_won = world.run_until(has_won, 100ms);
  const bool is_still_asked = stood == Duration() || world.now() - stood < 90ms;
  if (is_won && is_still_asked) {
    const NodeId crashed = crash_the_winner ? winner : voter;
    world.skew_clock(crashed, -500'000);
    world.heal_one_way(crashed, late).crash(crashed).restart(crashed).run_for(500ms);
  }
  world.heal();
  cluster.expect_progress(cluster.servers());
}

GRADED_TEST(Persistence, OneVoteAcrossACrash, 1,
            "who has voted, crashes and starts again does not vote for another in that term (§5.2, "
            "RF6, RF8)") {
  simulate({.options = limited, .runs = 40},
           [](World& world) { ask_again_after_a_crash(world, false); });
}

GRADED_TEST(Persistence, ACandidateHasVoted, 1,
            "who has stood for election, crashes and starts again has voted in that term: for "
            "itself (§5.2, RF6, RF8)") {
  simulate({.options = limited, .runs = 40},
           [](World& world) { ask_again_after_a_crash(world, true); });
}

}  // namespace
}  // namespace octet::raft
