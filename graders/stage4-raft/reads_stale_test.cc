#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/reads.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/text.h"

/// Who may not answer: there may be something newer (dissertation, §6.4).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// How a leader gets lost.
enum class Lost { alone, with_a_follower, paused };

void lose_a_leader(World& world, std::size_t size, Reads reads, Lost how) {
  Cluster cluster(world, size, that_reads(reads));
  Reader reader(world, cluster);
  const NodeId old = cluster.wait_for_a_settled_leader();
  reader.expect_read(cluster.servers());
  std::vector<NodeId> lost = {old};
  if (how == Lost::with_a_follower) lost.push_back(cluster.others({old}).front());
  const auto others = cluster.others(lost);
  connect(world, cluster, {lost, others});
  if (how == Lost::paused) world.pause(old);

  for (int i = 0; i < 3; ++i) {
    cluster.expect_progress(others);
    if (how == Lost::paused) continue;
    for (const NodeId id : lost) reader.read_for(id, 20ms, 200ms);
  }
  world.resume(old);
  for (const NodeId id : lost) reader.read_for(id, 20ms, 1s);
  const auto question = reader.read(old);
  connect_all(world, cluster);
  EXPECT_TRUE(world.run_until([&] { return reader.has_ended(question); }, cluster.election_bound()))
      << name(old) << " hears of a later term, and never answers a read of before";
  reader.expect_read(cluster.servers());
}

GRADED_TEST(Reads, AFormerLeaderDoesNotAnswer, 1,
            "who led, and reaches no majority any more, does not answer: others may have committed "
            "more (RD1). When it learns of another leader it refuses") {
  for (const Reads reads : both_ways) {
    const auto lose = [&](std::size_t size, Lost how) {
      simulate({.options = limited}, [&](World& world) { lose_a_leader(world, size, reads, how); });
    };
    lose(3, Lost::alone);
    lose(3, Lost::paused);
    lose(5, Lost::alone);
    lose(5, Lost::with_a_follower);
  }
}

/// All that is sent to a server from now on is lost; what is under way comes.
void lose_all_that_is_sent_to(World& world, NodeId id) {
  world.drop([=](const Envelope& sent) { return sent.to == id; });
}

/// What a leader is sent comes after others have elected another one; or, it comes, and a copy
/// later.
void confirm_late(World& world, Reads reads, bool copies) {
  Cluster cluster(world, 3, that_reads(reads));
  Reader reader(world, cluster);
  const NodeId old = cluster.wait_for_a_settled_leader();
  reader.expect_read(cluster.servers());
  constexpr Duration late = 15s;
  bool is_early = true;
  const auto to_old = [&](const Envelope& sent) { return is_early && sent.to == old; };
  copies ? world.duplicate(to_old, late) : world.delay(to_old, late);
  reader.read_for(old, 60ms, 300ms);
  is_early = false;
  const Duration end = world.now() + late + 3s;

  const auto others = cluster.others({old});
  for (const NodeId id : others) world.cut_one_way(old, id);
  lose_all_that_is_sent_to(world, old);
  cluster.expect_progress(others);
  reader.read_for(old, 2s, end - world.now());
  connect_all(world.heal(), cluster);
  reader.expect_read(cluster.servers());
}

/// It leads again by then, and is alone once more.
void confirm_in_a_later_term(World& world, Reads reads) {
  Cluster cluster(world, 3, that_reads(reads));
  Reader reader(world, cluster);
  const NodeId old = cluster.wait_for_a_settled_leader();
  reader.expect_read(cluster.servers());
  constexpr Duration late = 30s;
  bool is_early = true;
  world.duplicate([&](const Envelope& sent) { return is_early && sent.to == old; }, late);
  reader.read_for(old, 50ms, 1s);
  is_early = false;
  const Duration end = world.now() + late + 3s;

  const auto others = cluster.others({old});
  elect(world, cluster, others[0], {others[1]});
  connect_all(world, cluster);
  expect_agreement(world, cluster);
  elect(world, cluster, old, {others[1]});
  reader.expect_read({old, others[1]});
  connect(world, cluster, {others});
  for (const NodeId id : others) world.heal_one_way(id, old);
  lose_all_that_is_sent_to(world, old);
  cluster.expect_progress(others);
  reader.read_for(old, 2s, end - world.now());
  connect_all(world.heal(), cluster);
  reader.expect_read(cluster.servers());
}

GRADED_TEST(Reads, OldRepliesConfirmNothing, 1,
            "only messages that were sent after a read came show that nobody else led before it: "
            "no replies to earlier ones, or of earlier terms, and no copies of them (RD1)") {
  for (const Reads reads : both_ways) {
    for (const bool copies : {true, false}) {
      simulate({.options = limited}, [&](World& world) { confirm_late(world, reads, copies); });
    }
    simulate({.options = limited},
             steered([&](World& world) { confirm_in_a_later_term(world, reads); }));
  }
}

/// The next leader has what the old one has committed last, and does not know that it is.
void elect_who_knows_little(World& world, Reads reads) {
  Cluster cluster(world, 3, that_reads(reads));
  Reader reader(world, cluster);
  const NodeId old = cluster.wait_for_a_settled_leader();
  const NodeId next = cluster.others({old}).front();
  const NodeId behind = cluster.others({old}).back();
  reader.expect_read(cluster.servers());
  connect(world, cluster, {{old, next}});
  cluster.propose_many(old, 3);
  world.run_for(heartbeats(cluster, 1));
  const std::string last = cluster.propose(old);
  const auto is_committed = [&] { return cluster.is_committed(last); };
  EXPECT_TRUE(world.run_until(is_committed, heartbeats(cluster, 20)));
  connect(world, cluster, {{next, behind}});
  EXPECT_EQ(cluster.wait_for_leader({next, behind}), next) << "the log of the other one is shorter";
  reader.read_for(next, 1ms, 200ms);
  reader.expect_read({next, behind});
  connect_all(world, cluster);
  reader.expect_read(cluster.servers());
}

GRADED_TEST(Reads, ANewLeaderWaits, 1,
            "a leader answers no read before an entry of its own term is committed: until then it "
            "does not know what the one before has committed (RD2)") {
  for (const Reads reads : both_ways) {
    simulate({.options = limited, .runs = 3},
             [&](World& world) { elect_who_knows_little(world, reads); });
  }
}

}  // namespace
}  // namespace octet::raft
