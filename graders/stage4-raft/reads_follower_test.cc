#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/reads.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/text.h"

/// Followers may refuse, or ask their leader (dissertation, §6.4).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// The follower lacks what the others commit, and has heard its leader a moment ago.
void lag_behind(World& world, Reads reads) {
  Cluster cluster(world, 3, that_reads(reads));
  Reader reader(world, cluster);
  const NodeId leader = cluster.wait_for_a_settled_leader();
  const NodeId follower = cluster.others({leader}).front();
  reader.expect_read(cluster.servers());
  for (int i = 0; i < 3; ++i) {
    world.cut_one_way(leader, follower);
    const std::string command = cluster.propose(leader);
    cluster.wait_until_committed(command, {leader}, heartbeats(cluster, 20));
    reader.read_for(follower, 5ms, 100ms);
    world.heal();
    reader.read_for(follower, 20ms, 300ms);
  }
  reader.expect_read(cluster.servers());
}

/// A leader's answer is under way when the follower crashes. Its application begins anew to count
/// its reads, so the answer fits another read by then.
void answer_to_a_former_life(World& world, Reads reads) {
  Cluster cluster(world, 3, that_reads(reads));
  Reader reader(world, cluster);
  reader.expect_read(cluster.servers());
  const NodeId leader = cluster.wait_for_a_settled_leader();
  const NodeId follower = cluster.others({leader}).front();
  bool is_slow = true;
  world.delay([&](const Envelope& sent) { return is_slow && sent.to == follower; }, 3s);
  reader.read_many(follower, 3);
  world.run_for(80ms);
  is_slow = false;
  world.crash(follower).restart(follower).run_for(500ms);
  const std::string command = cluster.propose(leader);
  cluster.wait_until_committed(command, {leader}, heartbeats(cluster, 20));
  for (const NodeId id : cluster.others({follower})) world.cut_one_way(follower, id);
  reader.read_many(follower, 3);
  world.run_for(4s);
  connect_all(world.heal(), cluster);
  reader.expect_read(cluster.servers());
}

GRADED_TEST(Reads, FollowersKnowNothing, 1,
            "a follower that answers has asked its leader: it may lack what is committed. An "
            "answer is for one read, of the present life, and counts once (RD1, raft.h)") {
  const sim::WorldOptions twice = {.network = {.max_latency = 30ms, .duplication = 1'000'000},
                                   .max_events = limited.max_events};
  for (const Reads reads : both_ways) {
    simulate({.options = limited}, [&](World& world) { lag_behind(world, reads); });
    simulate({.options = limited}, [&](World& world) { answer_to_a_former_life(world, reads); });
    simulate({.options = twice}, [&](World& world) {
      Cluster cluster(world, 3, that_reads(reads));
      Reader reader(world, cluster);
      cluster.wait_for_a_settled_leader();
      reader.keep_reading(10ms, world.now() + 1s);
      world.run_for(2s);
      reader.expect_read(cluster.servers());
    });
  }
}

}  // namespace
}  // namespace octet::raft
