#include <memory>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/kv_cluster.h"

/// Each call takes effect once, however often its message comes (KV2, KV3).
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using raft::limited;
using sim::Envelope;
using sim::World;

bool contains(const std::vector<NodeId>& ids, NodeId id) {
  return std::ranges::find(ids, id) != ids.end();
}

/// From now on no client hears of servers, until the world heals.
void silence_servers(World& world, const KvCluster& cluster) {
  world.drop([&](const Envelope& message) {
    return contains(cluster.servers(), message.from) && contains(cluster.clients(), message.to);
  });
}

/// Runs until all servers that are up show this value of "x".
void wait_until_all_hold(World& world, const KvCluster& cluster, const std::string& value) {
  const auto hold = [&] {
    return std::ranges::all_of(cluster.servers(), [&](NodeId id) {
      if (!world.is_up(id)) return true;
      const View view = cluster.view(id);
      const auto place = view.values.find("x");
      return place != view.values.end() && place->second == value;
    });
  };
  if (world.run_until(hold, cluster.bound())) return;
  grading::fail("a client has written, and not all servers come to hold it (KV6)");
}

/// A call after which "x" holds this value at all servers. From now on no client hears of them.
std::size_t call_without_answer(World& world, KvCluster& cluster, const Operation& operation,
                                const std::string& value) {
  silence_servers(world, cluster);
  const std::size_t call = cluster.call(cluster.clients().front(), operation);
  wait_until_all_hold(world, cluster, value);
  return call;
}

GRADED_TEST(Once, AnAnswerIsLost, 1,
            "a call whose answer is lost is asked again, and takes effect once (KV2)") {
  simulate({.options = limited}, [](World& world) {
    KvCluster cluster(world, 3, 1);
    const NodeId client = cluster.clients().front();
    cluster.done(client, Put{"x", "a"});
    const std::size_t call = call_without_answer(world, cluster, Append{"x", "b"}, "ab");
    world.run_for(2s).heal();
    cluster.wait_until_done(call);
    EXPECT_EQ(cluster.get(client, "x"), "ab");
    const std::size_t swap = call_without_answer(world, cluster, Cas{"x", "ab", "c"}, "c");
    world.run_for(2s).heal();
    EXPECT_EQ(cluster.wait_until_done(swap), Result(Swapped{true})) << "as when it took effect";
  });
}

GRADED_TEST(
    Once, ACopyComesLater, 1,
    "a copy of a message that comes after later calls of its client changes nothing (KV2)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    KvCluster cluster(world, 3, 2);
    const NodeId client = cluster.clients().front();
    cluster.done(client, Put{"x", ""});
    world.duplicate(
        [client](const Envelope& message) {
          return message.from == client || message.to == client;
        },
        1s);
    cluster.done(client, Append{"x", "a"});
    cluster.done(client, Append{"x", "b"});
    cluster.done(client, Put{"y", "1"});
    world.heal();  // the copies are under way
    cluster.done(client, Append{"x", "c"});
    cluster.done(client, Put{"y", "2"});
    world.run_for(3s);
    EXPECT_EQ(cluster.get(cluster.clients().back(), "x"), "abc");
    EXPECT_EQ(cluster.get(cluster.clients().back(), "y"), "2");
  });
}

GRADED_TEST(Once, AnotherLeader, 2,
            "a call that the old leader has done is asked of the new one, and takes effect once "
            "(KV3)") {
  for (const std::size_t size : {3U, 5U}) {
    simulate({.options = limited}, [=](World& world) {
      KvCluster cluster(world, size, 2);
      const NodeId client = cluster.clients().front();
      std::string written;
      for (int round = 0; round < 3; ++round) {
        cluster.done(client, Put{"y", "."});
        const NodeId leader = cluster.wait_for_leader();
        written += "a";
        const std::size_t call = call_without_answer(world, cluster, Append{"x", "a"}, written);
        world.crash(leader).heal();
        cluster.wait_until_done(call);
        EXPECT_EQ(cluster.get(cluster.clients().back(), "x"), written);
        world.restart(leader);
      }
    });
  }
}

GRADED_TEST(Once, AllServersStartAgain, 1,
            "a call that was done before all servers crashed is asked again, and takes effect once "
            "(KV3)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    KvCluster cluster(world, 3, 1);
    const NodeId client = cluster.clients().front();
    cluster.done(client, Put{"x", "a"});
    const std::size_t call = call_without_answer(world, cluster, Append{"x", "b"}, "ab");
    for (const NodeId id : cluster.servers()) world.crash(id);
    for (const NodeId id : cluster.servers()) world.restart(id);
    world.heal();
    cluster.wait_until_done(call);
    EXPECT_EQ(cluster.get(client, "x"), "ab");
  });
}

GRADED_TEST(Once, TheFirstCopyIsUnderWay, 1,
            "a call that is asked of the new leader, while the old one's entry for it is in some "
            "logs and not committed, takes effect once (KV2)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    KvCluster cluster(world, 3, 1);
    const NodeId client = cluster.clients().front();
    cluster.done(client, Put{"x", "a"});
    const NodeId leader = cluster.wait_for_leader();
    // The followers get it; the leader never hears that they have it.
    for (const NodeId follower : cluster.others(leader)) world.cut_one_way(follower, leader);
    const std::size_t call = cluster.call(client, Append{"x", "b"});
    world.run_for(200ms);
    cut(world, {leader}, cluster.others(leader));
    cluster.wait_until_done(call);
    world.heal();
    EXPECT_EQ(cluster.get(client, "x"), "ab");
    cluster.expect_agreement();
  });
}

GRADED_TEST(Once, AClientStartsAgain, 1,
            "a client that has crashed counts its calls anew: they are others than those of its "
            "former life (KV2)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    KvCluster cluster(world, 3, 1);
    const NodeId client = cluster.clients().front();
    for (const char* part : {"a", "b", "c"}) cluster.done(client, Append{"x", part});
    cluster.restart(client);
    cluster.done(client, Append{"x", "d"});
    EXPECT_EQ(cluster.get(client, "x"), "abcd");
  });
}

GRADED_TEST(Once, AnswersToAFormerLife, 1,
            "answers to the former life of a client are for none of its calls (KV2, KV5)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    KvCluster cluster(world, 3, 2);
    const NodeId client = cluster.clients().front();
    cluster.done(client, Put{"x", ""});
    world.delay([client](const Envelope& message) { return message.to == client; }, 1s);
    cluster.restart(client);
    for (int i = 0; i < 4; ++i) cluster.call(client, Append{"x", "former "});
    world.run_for(100ms).heal();
    cluster.restart(client);
    for (const NodeId server : cluster.servers()) world.cut_one_way(client, server);
    std::vector<std::size_t> calls;
    for (int i = 0; i < 4; ++i) calls.push_back(cluster.call(client, Append{"x", "new "}));
    world.run_for(2s);
    for (const std::size_t call : calls) {
      EXPECT_FALSE(cluster.is_done(call)) << "no server has heard of it";
    }
    world.heal();
    for (const std::size_t call : calls) cluster.wait_until_done(call);
    cluster.get(cluster.clients().back(), "x");
  });
}

GRADED_TEST(Once, CallsOvertakeEachOther, 1,
            "calls of one client that are under way together all take effect, in whatever order "
            "they arrive (KV2)") {
  simulate({.options = limited, .runs = 3}, [](World& world) {
    KvCluster cluster(world, 3, 1);
    const NodeId client = cluster.clients().front();
    cluster.done(client, Put{"x", ""});
    auto messages = std::make_shared<int>(0);
    world.delay(
        [=](const Envelope& message) { return message.from == client && (*messages)++ % 2 == 0; },
        50ms);
    std::vector<std::size_t> calls;
    for (const char* part : {"a", "b", "c", "d", "e", "f"}) {
      calls.push_back(cluster.call(client, Append{"x", part}));
    }
    for (const std::size_t call : calls) cluster.wait_until_done(call);
    world.heal();
    const std::string value = cluster.get(client, "x");
    EXPECT_EQ(value.size(), calls.size()) << "the value is " << value;
  });
}

}  // namespace
}  // namespace octet::kv
