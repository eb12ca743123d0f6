// The store as processes, as Redis clients find it, through kill -9, cuts, and nodes that come and
// go.
#include "tools/cluster/cluster.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "runtime/resp/tests/redis_client.h"
#include "tools/tests/desk.h"

namespace octet::cluster {
namespace {

using resp::RedisClient;

/// On a machine with much else to do, too, a request ends well when it can.
const std::vector<std::string> patient = {"--patience=60"};

/// Four nodes, a fifth that may join, and the operator.
class Store : public Desk {
 public:
  explicit Store(std::vector<std::string> options = patient)
      : Desk({.program = OCTET_STORE_NODE,
              .nodes = 4,
              .spares = 1,
              .serve = 0,
              .options = std::move(options),
              .directed_by = Operator{.program = OCTET_STORE_OPERATOR}}) {
    for (int ready = 0; ready < 6; ++ready) EXPECT_TRUE(hear_of("is ready"));
  }

  std::uint16_t resp(int node) const {
    return static_cast<std::uint16_t>(*setup().serve + node - 1);
  }

  void cut(const std::vector<int>& these, const std::vector<int>& those) {
    for (const int one : these) {
      for (const int other : those) type(fmt::format("cut {} {}", one, other));
    }
  }
};

TEST(Store, EveryNodeKnowsEveryKey) {
  Store store;
  EXPECT_EQ(RedisClient(store.resp(1)).ask("GET x"), "nil");
  EXPECT_EQ(RedisClient(store.resp(2)).ask("SET x 1"), "OK");
  EXPECT_EQ(RedisClient(store.resp(5)).ask("SET x 2"), "OK") << "also who has no slots";
  EXPECT_EQ(RedisClient(store.resp(3)).ask("GET x"), "2");
  EXPECT_EQ(RedisClient(store.resp(4)).ask("DEL x"), "1");
  EXPECT_EQ(RedisClient(store.resp(1)).ask("DEL x"), "0");
  EXPECT_EQ(RedisClient(store.resp(2)).ask("GET x"), "nil");
}

TEST(Store, SiblingsStayUntilSomebodyHasSeenThem) {
  Store store;
  RedisClient client(store.resp(1));
  EXPECT_EQ(client.ask({"SET", "x", "a", "CONTEXT", ""}), "OK");
  EXPECT_EQ(client.ask({"SET", "x", "b", "CONTEXT", ""}), "OK");
  EXPECT_EQ(client.ask("GET x"), "[a b]");
  const std::string seen = client.ask("GETC x");
  const std::string context = seen.substr(1, seen.find(' ') - 1);
  EXPECT_EQ(client.ask({"SET", "x", "c", "CONTEXT", ""}), "OK");
  EXPECT_EQ(client.ask("SET x ab CONTEXT " + context), "OK");
  EXPECT_EQ(client.ask("GET x"), "[ab c]");
  EXPECT_EQ(client.ask("SET x abc"), "OK");
  EXPECT_EQ(client.ask("GET x"), "abc");
  EXPECT_TRUE(client.ask("SET x d CONTEXT 00").starts_with("FAILED "));
}

TEST(Store, AConnectionHasALevel) {
  Store store;
  RedisClient client(store.resp(1));
  EXPECT_EQ(client.ask("LEVEL"), "eventual");
  for (const std::string level : {"strong", "causal"}) {
    EXPECT_EQ(client.ask("LEVEL " + level), "OK");
    EXPECT_EQ(client.ask("SET " + level + " 1"), "OK");
    EXPECT_EQ(client.ask("GET " + level), "1");
    EXPECT_EQ(client.ask("LEVEL"), level);
  }
  EXPECT_EQ(RedisClient(store.resp(1)).ask("LEVEL"), "eventual");
}

TEST(Store, KeepsWhatItWasToldThroughTheKillOfAll) {
  Store store;
  RedisClient client(store.resp(1));
  store.type("kill 2");
  for (int key = 0; key < 20; ++key)
    EXPECT_EQ(client.ask(fmt::format("SET {} {}", key, key)), "OK");
  for (const std::string node : {"1", "3", "4"}) store.type("kill " + node);
  for (const std::string node : {"1", "2", "3", "4"}) store.restart(node);
  RedisClient other(store.resp(2));
  for (int key = 0; key < 20; ++key)
    EXPECT_EQ(other.ask(fmt::format("GET {}", key)), fmt::to_string(key));
}

/// How many of some keys can be written at a node that reaches one other node.
int stored_at_the_smaller_side(Store& store) {
  store.cut({1, 2}, {3, 4, 5});
  RedisClient client(store.resp(1));
  int stored = 0;
  for (const std::string key : {"a", "b", "c", "d", "e"}) {
    if (client.ask("SET " + key + " 1") == "OK") ++stored;
  }
  return stored;
}

TEST(Store, WhoIsCutOffFails) {
  Store store({"--patience=1"});
  EXPECT_LT(stored_at_the_smaller_side(store), 5) << "two copies of some are on the other side";
}

TEST(Store, OthersMayStandIn) {
  Store store({"--patience=60", "--sloppy=true"});
  EXPECT_EQ(stored_at_the_smaller_side(store), 5);
}

TEST(Store, NodesLeaveAndJoin) {
  Store store;
  RedisClient client(store.resp(1));
  for (int key = 0; key < 20; ++key)
    EXPECT_EQ(client.ask(fmt::format("SET {} {}", key, key)), "OK");
  store.type("leave 4");
  EXPECT_TRUE(store.hear_of("map 2, for which node 4 leaves: 12 slots with "));
  store.type("kill 4");
  store.type("kill 3");
  for (int key = 0; key < 20; ++key) {
    EXPECT_EQ(client.ask(fmt::format("GET {}", key)), fmt::to_string(key)) << "two copies are left";
  }
  store.restart("3");
  store.type("join 5");
  EXPECT_TRUE(store.hear_of("map 3, for which node 5 joins: 12 slots with "));
  store.restart("4");
  store.type("join 4");
  EXPECT_TRUE(store.hear_of("map 4, for which node 4 joins: "));
  for (int key = 0; key < 20; ++key)
    EXPECT_EQ(client.ask(fmt::format("GET {}", key)), fmt::to_string(key));
  store.type("status");
  EXPECT_TRUE(store.hear("map 4: 16 partitions, 3 copies of each; 5 nodes have their 48 slots"));
  EXPECT_TRUE(store.hear("  keys 20   with siblings 0   copies differ 0   hints waiting 0"));
}

TEST(Store, MistakesAreAnsweredInALine) {
  Store store;
  for (const auto& [typed, answer] : std::vector<std::pair<std::string, std::string>>{
           {"leave 5", "node 5 has no slots"},
           {"join 1", "node 1 has slots already"},
           {"join 6", "there is no node \"6\""},
           {"leave x", "there is no node \"x\""},
           {"input 1 map 2", "1 | error: this is no input of the protocol"}}) {
    store.type(typed);
    EXPECT_TRUE(store.hear(answer)) << typed;
  }
}

}  // namespace
}  // namespace octet::cluster
