#include <functional>
#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/asking.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/text.h"

/// Who hears of no leader, while others do, changes nothing (dissertation, §9.6).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

constexpr Duration long_time = 20s;

/// While it was away for that long, asking all the time.
void expect_modest(World& world, NodeId away, std::size_t records, std::uint64_t sent) {
  EXPECT_LE(world.durable_records(away).size(), records + 5)
      << name(away) << " has written while it was alone: to ask is to promise nothing (RF8)";
  EXPECT_LE(sent, 500U) << name(away) << " has sent so many messages to one server in "
                        << long_time / 1s << " s, in which it heard of no leader (RF12)";
}

using Loss = std::function<void(World&, const Cluster&, NodeId leader, NodeId away)>;

/// Something happens to a follower. It is in its term as before, also when that is over.
void lose_a_follower(std::size_t size, const std::string& what, const Loss& lose) {
  simulate({.options = limited, .runs = 3}, [&](World& world) {
    Cluster cluster(world, size, that_asks_first());
    const NodeId leader = cluster.wait_for_a_settled_leader();
    cluster.expect_progress(cluster.servers());
    const NodeId away = cluster.others({leader}).front();
    const NodeId other = cluster.others({leader}).back();
    const Standing before = standing(cluster);
    const std::size_t records = world.durable_records(away).size();
    const auto sent = count_sends(world, away, other);
    lose(world, cluster, leader, away);
    world.run_for(long_time);
    expect_unchanged(cluster, before, "some time in which " + what);
    expect_modest(world, away, records, *sent);
    // What it misses while it is lost longer makes its log the worse one.
    cluster.wait_until_committed(cluster.propose(leader), {leader}, heartbeats(cluster, 20));
    world.heal().resume(away).run_for(3s);
    expect_unchanged(cluster, before, "the return of a server: " + what);
    cluster.expect_progress(cluster.servers());
  });
}

GRADED_TEST(PreVote, WhoIsCutOffKeepsItsTerm, 1,
            "a server that hears of no leader stays in its term, writes nothing and comes back as "
            "it went, if the others have a leader (PV1, PV2, RF11, RF12)") {
  for (const std::size_t size : {3U, 5U}) {
    lose_a_follower(size, "a follower was cut off",
                    [](World& world, auto&, NodeId, NodeId away) { world.isolate(away); });
    lose_a_follower(
        size, "a follower did not hear the leader, which heard it",
        [](World& world, auto&, NodeId leader, NodeId away) { world.cut_one_way(leader, away); });
    lose_a_follower(size, "a follower heard nobody, and was heard",
                    [](World& world, const Cluster& cluster, NodeId, NodeId away) {
                      for (const NodeId id : cluster.others({away})) world.cut_one_way(id, away);
                    });
    lose_a_follower(size, "a follower reached all but the leader",
                    [](World& world, auto&, NodeId leader, NodeId away) {
                      world.cut_one_way(leader, away).cut_one_way(away, leader);
                    });
    lose_a_follower(size, "a follower was paused",
                    [](World& world, auto&, NodeId, NodeId away) { world.pause(away); });
  }
}

/// Half of the others lack an entry, and one that has it is slow to stand. The leader is gone.
void leave_a_worse_log(World& world, std::size_t size) {
  Cluster cluster(world, size, that_asks_first());
  const NodeId leader = cluster.wait_for_a_settled_leader();
  cluster.expect_progress(cluster.servers());
  const std::vector<NodeId> others = cluster.others({leader});
  const auto has_it = others.begin() + static_cast<std::ptrdiff_t>(cluster.majority() - 1);
  const std::vector<NodeId> behind(has_it, others.end());
  const NodeId ahead = others.front();
  world.skew_clock(ahead, -500'000).run_for(1s);
  for (const NodeId id : behind) world.isolate(id);
  const std::string command = cluster.propose(leader);
  cluster.wait_until_committed(command, {leader, ahead}, heartbeats(cluster, 20));
  const Term term = cluster.view(leader).term;
  world.always("who has the worse log does not stand", [=, &cluster, &world]() -> std::string {
    for (const NodeId id : behind) {
      if (!world.is_up(id) || has_in_log(cluster, id, command)) continue;
      const View now = cluster.view(id);
      if (now.term <= term || now.voted_for != id) continue;
      return name(id) + " has voted for itself in term " + std::to_string(number(now.term)) +
             ", though a majority of servers could not vote for it: they have \"" + command +
             "\", which is not in its log (dissertation, §9.6)";
    }
    return "";
  });
  for (const NodeId id : cluster.others(behind)) {
    if (id != ahead) world.crash(id);
  }
  world.heal();
  cluster.wait_for_leader();
  for (const NodeId id : cluster.servers()) {
    if (!world.is_up(id)) world.restart(id);
  }
  cluster.expect_progress(cluster.servers());
}

GRADED_TEST(PreVote, WhoCannotWinDoesNotStand, 1,
            "a server whose log is behind does not get so far as to stand, and the one that can "
            "win does, though nobody leads and it is late (PV2, §5.4.1, RF9)") {
  for (const std::size_t size : {3U, 5U, 7U}) {
    simulate({.options = limited, .runs = 8},
             [&](World& world) { leave_a_worse_log(world, size); });
  }
}

}  // namespace
}  // namespace octet::raft
