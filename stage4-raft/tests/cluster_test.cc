// The store as processes, as a Redis client finds it, through kill -9 and a broken network.
#include "tools/cluster/cluster.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <string>

#include "runtime/resp/tests/redis_client.h"
#include "tools/tests/desk.h"

namespace octet::cluster {
namespace {

using resp::RedisClient;

/// Three servers and the gateway.
class Store : public Desk {
 public:
  Store()
      : Desk({.program = OCTET_KV_NODE,
              .nodes = 3,
              .gateway = Gateway{.program = OCTET_KV_GATEWAY}}) {
    for (int ready = 0; ready < 4; ++ready) EXPECT_TRUE(hear_of("is ready"));
  }

  std::uint16_t resp() const { return setup().gateway->port; }
};

TEST(Store, KeepsWhatItWasToldThroughTheKillOfEach) {
  Store store;
  RedisClient client(store.resp());
  EXPECT_EQ(client.ask("GET x"), "nil");
  EXPECT_EQ(client.ask("SET x ."), "OK");
  std::string written = ".";
  for (const std::string server : {"1", "2", "3"}) {
    store.type("kill " + server);
    EXPECT_EQ(client.ask("APPEND x " + server), "OK");
    written += server;
    EXPECT_EQ(client.ask("GET x"), written);
    store.restart(server);
  }
  for (const std::string server : {"1", "2", "3"}) store.type("kill " + server);
  for (const std::string server : {"1", "2", "3"}) store.restart(server);
  EXPECT_EQ(client.ask("CAS x other y"), "0");
  EXPECT_EQ(client.ask("CAS x " + written + " y"), "1");
  EXPECT_EQ(client.ask("GET x"), "y");
}

TEST(Store, IsThereThroughCutsAndPauses) {
  Store store;
  RedisClient client(store.resp());
  std::string written;
  for (int server = 1; server <= 3; ++server) {
    for (int other = 1; other <= 3; ++other) {
      if (other != server) store.type(fmt::format("cut {} {}", server, other));
    }
    EXPECT_EQ(client.ask(fmt::format("APPEND x {}", server)), "OK");
    store.type("heal");
    store.type(fmt::format("pause {}", server));
    EXPECT_EQ(client.ask(fmt::format("APPEND x {}", server)), "OK");
    store.type(fmt::format("resume {}", server));
    written += fmt::format("{}{}", server, server);
    EXPECT_EQ(client.ask("GET x"), written);
  }
}

TEST(Store, AnswersComeInTheOrderOfTheRequests) {
  Store store;
  RedisClient client(store.resp());
  std::string written;
  for (int i = 0; i < 50; ++i) {
    client.later(fmt::format("APPEND x {},", i));
    client.later("GET x");
    client.later(fmt::format("PING {}", i));
  }
  for (int i = 0; i < 50; ++i) {
    written += fmt::format("{},", i);
    EXPECT_EQ(client.next(), "OK");
    EXPECT_EQ(client.next(), written);
    EXPECT_EQ(client.next(), std::to_string(i));
  }
}

TEST(Store, ANewGatewayHasTheSameStore) {
  Store store;
  EXPECT_EQ(RedisClient(store.resp()).ask("SET x 1"), "OK");
  store.type("kill gateway");
  store.restart("gateway");
  EXPECT_EQ(RedisClient(store.resp()).ask("APPEND x 2"), "OK");
  EXPECT_EQ(RedisClient(store.resp()).ask("GET x"), "12");
}

}  // namespace
}  // namespace octet::cluster
