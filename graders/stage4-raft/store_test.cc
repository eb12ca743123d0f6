#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/kv_load.h"

/// What operations do, and what servers hold of them.
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using raft::limited;
using sim::World;

const std::string binary("\0\xff \n\r\"", 6);

GRADED_TEST(Store, OneAfterTheOther, 2,
            "get, put, append and compare-and-swap do what they say, with keys and values of any "
            "bytes (KV1)") {
  for (const std::size_t size : {1U, 3U}) {
    simulate({.options = limited}, [=](World& world) {
      KvCluster cluster(world, size, 1);
      const NodeId client = cluster.clients().front();
      for (const std::string& key : {std::string("x"), binary, std::string()}) {
        EXPECT_EQ(cluster.get(client, key), "") << "of a key that nobody has written";
        EXPECT_EQ(cluster.done(client, Cas{key, "other", "a"}), Result(Swapped{false}));
        EXPECT_EQ(cluster.done(client, Cas{key, "", "a"}), Result(Swapped{true}));
        EXPECT_EQ(cluster.done(client, Append{key, binary}), Result(Stored{}));
        EXPECT_EQ(cluster.get(client, key), "a" + binary);
        EXPECT_EQ(cluster.done(client, Put{key, "b"}), Result(Stored{}));
        EXPECT_EQ(cluster.get(client, key), "b");
        EXPECT_EQ(cluster.done(client, Cas{key, "b", ""}), Result(Swapped{true}));
        EXPECT_EQ(cluster.get(client, key), "");
        EXPECT_EQ(cluster.done(client, Append{key, "c"}), Result(Stored{}));
        EXPECT_EQ(cluster.get(client, key), "c");
      }
      cluster.expect_agreement();
    });
  }
}

GRADED_TEST(
    Store, LongValues, 1,
    "a value may be longer than what fits a message of Raft; what is longer than the client "
    "takes fails, and is done nowhere (KV5)") {
  simulate({.options = limited}, [](World& world) {
    raft::Config config;
    config.most_bytes = 1'000;
    KvCluster cluster(world, 3, 1, config);
    const NodeId client = cluster.clients().front();
    const std::string longer(5'000, 'l');
    cluster.done(client, Put{"x", longer});
    EXPECT_EQ(cluster.get(client, "x"), longer);
    const std::size_t most = cluster.client_config().most_bytes;
    cluster.done(client, Put{"y", std::string(most - 1, 'm')});
    const std::size_t too_long = cluster.call(client, Put{"y", std::string(most, 'n')});
    EXPECT_TRUE(std::holds_alternative<Failed>(*cluster.wait_for_end(too_long).end))
        << "a Put of " << most + 1 << " bytes, when ClientConfig::most_bytes is " << most;
    EXPECT_EQ(cluster.get(client, "y").front(), 'm');
  });
}

GRADED_TEST(Store, ManyClientsAtOnce, 2,
            "what several clients get, with several calls at a time, can be put into one order "
            "(KV1)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    KvCluster cluster(world, 3, 5);
    keep_calling(world, cluster, 8ms, 3s);
    world.run_for(4s);
    cluster.expect_agreement();
    EXPECT_GT(cluster.done(), 100U) << "the test means little when so little is done";
  });
}

GRADED_TEST(Store, OneOfManySwaps, 1,
            "of several that expect the same value at the same time, one swaps it (KV1)") {
  simulate({.options = limited, .runs = 5}, [](World& world) {
    KvCluster cluster(world, 3, 5);
    for (int round = 0; round < 5; ++round) {
      const std::string before = cluster.get(cluster.clients().front(), "lock");
      std::vector<std::size_t> calls;
      for (const NodeId client : cluster.clients()) {
        const std::string mine = std::to_string(round) + " " + std::to_string(client.value);
        calls.push_back(cluster.call(client, Cas{"lock", before, mine}));
      }
      int swapped = 0;
      for (const std::size_t call : calls) {
        swapped += std::get<Swapped>(cluster.wait_until_done(call)).swapped ? 1 : 0;
      }
      EXPECT_EQ(swapped, 1) << "swaps of five that expected the same";
    }
  });
}

/// A leader may count itself while its disk is still at work. What it has applied by then and told
/// nobody is undone by a crash, and something else comes in its place.
void apply_too_much_and_crash(World& world) {
  KvCluster cluster(world, 3, 1);
  const NodeId client = cluster.clients().front();
  const NodeId leader = cluster.wait_for_leader();
  const NodeId hears = cluster.others(leader).front();
  const NodeId other = cluster.others(leader).back();
  cluster.done(client, Put{"x", "a"});
  world.run_for(500ms);
  cut(world, {other}, {leader, hears});
  world.slow_disk(leader, 10s);
  cluster.call(client, Put{"x", "b"});
  world.run_for(100ms);
  world.crash(leader).heal().partition({{leader, other, client}});
  world.slow_disk(leader, 1ms).restart(leader);
  cluster.wait_for_leader({leader, other});
  cluster.done(client, Put{"y", "c"});
  world.heal();
  cluster.expect_agreement();
}

GRADED_TEST(Store, ServersHoldTheSame, 1,
            "servers that have applied as much of the log hold the same values (KV4)") {
  simulate({.options = limited, .runs = 3}, apply_too_much_and_crash);
  simulate({.options = limited}, [](World& world) {
    KvCluster cluster(world, 5, 4);
    keep_calling(world, cluster, 25ms, 5s);
    world.run_for(5s);
    cluster.expect_agreement();
    EXPECT_GT(cluster.compared(), 100U) << "the test means little when so little is compared";
  });
}

}  // namespace
}  // namespace octet::kv
