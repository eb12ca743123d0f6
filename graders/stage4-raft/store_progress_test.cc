#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/kv_cluster.h"

/// Calls are done while a majority of servers can talk (KV6).
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using raft::limited;
using sim::World;

GRADED_TEST(Store, FindsWhoLeads, 1,
            "a client that can reach all servers gets its answers, whichever of them leads, and "
            "whichever is down (KV6)") {
  for (const std::size_t size : {3U, 4U, 5U}) {
    simulate({.options = limited}, [=](World& world) {
      KvCluster cluster(world, size, 2);
      std::string written;
      for (const NodeId down : cluster.servers()) {
        world.crash(down);
        for (const NodeId client : cluster.clients()) {
          cluster.done(client, Append{"x", "."});
          written += ".";
          EXPECT_EQ(cluster.get(client, "x"), written);
        }
        world.restart(down);
      }
    });
  }
}

GRADED_TEST(Store, LeadersComeAndGo, 1,
            "calls are done after each leader that is cut off, crashes or stops (KV6)") {
  simulate({.options = limited, .runs = 2}, [](World& world) {
    KvCluster cluster(world, 5, 2);
    std::string written;
    for (int round = 0; round < 6; ++round) {
      const NodeId leader = cluster.wait_for_leader();
      if (round % 3 == 0) cut(world, {leader}, cluster.others(leader));
      if (round % 3 == 1) world.crash(leader);
      if (round % 3 == 2) world.pause(leader);
      for (const NodeId client : cluster.clients()) cluster.done(client, Append{"x", "."});
      written += "..";
      EXPECT_EQ(cluster.get(cluster.clients().back(), "x"), written);
      world.heal().restart(leader).resume(leader);
    }
    cluster.expect_agreement();
  });
}

}  // namespace
}  // namespace octet::kv
