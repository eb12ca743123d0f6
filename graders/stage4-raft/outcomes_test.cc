#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/kv_cluster.h"

/// A client says of a call what is true, and what it does not know it does not say (KV5).
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using raft::limited;
using sim::World;

GRADED_TEST(Outcomes, NobodyAnswers, 1,
            "a call has ended when the client's patience has, and is not done when no majority of "
            "servers can talk (KV5)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    constexpr Duration patience = 3s;
    KvCluster cluster(world, 3, 2, {}, patience);
    const NodeId client = cluster.clients().front();
    cluster.done(client, Put{"x", "a"});
    const NodeId leader = cluster.wait_for_leader();
    world.partition({{leader, client}, {cluster.others(leader).front()}});
    const Duration asked = world.now();
    const std::size_t call = cluster.call(client, Append{"x", "b"});
    cluster.wait_for_end(call);
    EXPECT_FALSE(cluster.is_done(call)) << "the leader reaches no majority";
    EXPECT_LE(world.now() - asked, patience) << "it was called then, and the patience is that long";
    world.heal();
    const std::string value = cluster.get(cluster.clients().back(), "x");
    EXPECT_TRUE(value == "a" || value == "ab") << "the value is " << value;
  });
}

GRADED_TEST(Outcomes, ADeposedLeader, 2,
            "a call is not done because the entry of another one is committed in its place (KV1, "
            "KV5)") {
  for (const std::size_t size : {3U, 5U}) {
    simulate({.options = limited, .runs = 3}, [=](World& world) {
      KvCluster cluster(world, size, 2);
      const NodeId one = cluster.clients().front();
      const NodeId other = cluster.clients().back();
      cluster.done(one, Put{"x", "a"});
      const NodeId leader = cluster.wait_for_leader();
      cut(world, {leader}, cluster.others(leader));
      cut(world, {one}, cluster.others(leader));
      const std::size_t call = cluster.call(one, Append{"x", "lost"});
      world.run_for(100ms);
      cluster.wait_for_leader(cluster.others(leader));
      for (int i = 0; i < 5; ++i) cluster.done(other, Append{"y", "."});
      // The old leader hears of the new one's entries, and the client of nobody but the old leader.
      world.heal();
      cut(world, {one}, cluster.others(leader));
      world.run_for(3s);
      cluster.get(other, "x");
      world.heal();
      cluster.wait_until_done(call);
      EXPECT_EQ(cluster.get(other, "x"), "alost");
    });
  }
}

/// A leader is deposed when both followers have its entry, and never tells it.
void lose_its_place(World& world, KvCluster& cluster, NodeId client, bool hears_the_old_leader) {
  const NodeId other = cluster.clients().back();
  cluster.done(client, Put{"x", "a"});
  const NodeId leader = cluster.wait_for_leader();
  const std::vector<NodeId> followers = cluster.others(leader);
  for (const NodeId follower : followers) world.cut_one_way(follower, leader);
  cut(world, {client}, followers);
  const std::size_t call = cluster.call(client, Append{"x", "b"});
  world.run_for(200ms);
  cut(world, {leader}, followers);
  cluster.wait_for_leader(followers);
  cluster.done(other, Put{"y", "."});
  world.heal();
  cut(world, {client}, hears_the_old_leader ? followers : cluster.servers());
  cluster.wait_for_end(call);
}

GRADED_TEST(Outcomes, CommittedAfterAll, 1,
            "a call whose leader is deposed has not failed: the next leader may commit its entry "
            "(KV5)") {
  for (const bool hears_the_old_leader : {true, false}) {
    simulate({.options = limited, .runs = 3}, [=](World& world) {
      KvCluster cluster(world, 3, 2, {}, 5s);
      const NodeId client = cluster.clients().front();
      const NodeId other = cluster.clients().back();
      lose_its_place(world, cluster, client, hears_the_old_leader);
      const std::string value = cluster.get(other, "x");
      EXPECT_TRUE(value == "a" || value == "ab") << "the value is " << value;
      world.heal();
      EXPECT_EQ(cluster.get(client, "x"), value) << "this had been read before";
    });
  }
}

}  // namespace
}  // namespace octet::kv
