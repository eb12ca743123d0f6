#include "tools/cluster/cluster.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <asio/ip/tcp.hpp>
#include <filesystem>
#include <fstream>

#include "tools/tests/desk.h"

namespace octet::cluster {
namespace {

/// Two nodes of an example.
Setup pair() {
  return {.program = OCTET_PRIMARY_BACKUP_NODE};
}

std::filesystem::path records(const Desk& desk, int id) {
  return desk.setup().data / std::to_string(id) / "records";
}

TEST(Cluster, NodesAreKilledStartedCutAndAsked) {
  Desk desk(pair());
  ASSERT_TRUE(desk.hear("1 | node 1 is ready"));
  desk.type("  input 1 append  two  words ");
  ASSERT_TRUE(desk.hear("1 | output Stored {\"number\":1}"));
  desk.type("kill 2");
  desk.type("input 1 append second");
  desk.type("restart 2");
  ASSERT_TRUE(desk.hear("1 | output Stored {\"number\":2}"));
  desk.type("cut 1 2");
  desk.type("heal");
  desk.type("pause 1");
  desk.type("resume 1");
  desk.type("view 2");
  EXPECT_TRUE(desk.hear(R"(2 | {"is_primary":false,"log":[" two  words ","second"],"copied":0})"));
}

TEST(Cluster, MistakesAreAnsweredInALine) {
  Desk desk(pair());
  for (const auto& [typed, answer] : std::vector<std::pair<std::string, std::string>>{
           {"dance", std::string(Cluster::help)},
           {"kill", std::string(Cluster::help)},
           {"kill 3", "there is no node \"3\"; the nodes are 1 to 2"},
           {"view one", "there is no node \"one\"; the nodes are 1 to 2"},
           {"cut 1 1", "a node and itself have no link; name two nodes"},
           {"restart 1", "node 1 is up already"}}) {
    EXPECT_TRUE(desk.type(typed));
    EXPECT_TRUE(desk.hear(answer)) << typed;
  }
  EXPECT_TRUE(desk.type(""));
  EXPECT_TRUE(desk.type("kill 1"));
  desk.type("input 1 append x");
  EXPECT_TRUE(desk.hear("node 1 is down"));
  EXPECT_FALSE(desk.type("quit"));
  EXPECT_FALSE(desk.has_failed()) << "who was killed has not failed";
}

TEST(Cluster, ANodeThatIsNotReadyIsNotDown) {
  Desk desk(pair());
  desk.type("input 1 append early");
  EXPECT_TRUE(desk.hear("node 1 is not ready"));
}

TEST(Cluster, ANodeThatCannotStartSaysWhyAndHasFailed) {
  Desk desk(pair());
  ASSERT_TRUE(desk.hear("1 | node 1 is ready"));
  desk.type("kill 1");
  std::ofstream(records(desk, 1)) << "what somebody else keeps here\n";
  desk.type("restart 1");
  EXPECT_TRUE(desk.hear("1 | node 1: the data in " + records(desk, 1).parent_path().string() +
                        " is not this protocol's: it begins with \"what somebody else keeps "
                        "here\""));
  EXPECT_TRUE(desk.hear("1 | ended with exit code 1"));
  EXPECT_TRUE(desk.has_failed());
}

/// Two nodes and a gateway.
Setup setup_with(std::uint16_t first_port, std::uint16_t gateway_port) {
  return {.program = "node",
          .data = "data",
          .nodes = 2,
          .first_port = first_port,
          .gateway = Gateway{.program = "door", .port = gateway_port}};
}

TEST(ClusterSetup, APortOfSomebodyElseIsNamed) {
  asio::io_context io;
  const asio::ip::tcp::acceptor other(io, {asio::ip::address_v4::loopback(), 0});
  const std::uint16_t port = other.local_endpoint().port();
  const auto next = static_cast<std::uint16_t>(port + 1);
  EXPECT_EQ(taken_port(io, setup_with(next, port)), port);
}

TEST(ClusterSetup, APortForTwoThingsIsNamed) {
  asio::io_context io;
  EXPECT_EQ(taken_port(io, setup_with(3'895, 3'900)), 3'900);
}

TEST(ClusterSetup, TheGatewayIsNoMember) {
  const auto setup = setup_with(3'000, 4'000);
  using Words = std::vector<std::string>;
  EXPECT_EQ(command_of(setup, 2),
            (Words{"node", "--id", "2", "--control", "3003", "--data", "data/2", "--nodes",
                   "1=3000", "2=3001", "--clients", "100=3004"}));
  EXPECT_EQ(command_of(setup, Gateway::id),
            (Words{"door", "--id", "100", "--control", "3005", "--data", "data/gateway", "--serve",
                   "4000", "--nodes", "1=3000", "2=3001", "--clients", "100=3004"}));
}

/// Two nodes and a spare one that serve other programs, and an operator.
Setup setup_of_serving(std::uint16_t first_port, std::uint16_t serve) {
  return {.program = "node",
          .data = "data",
          .nodes = 2,
          .spares = 1,
          .first_port = first_port,
          .serve = serve,
          .options = {"--sloppy=true"},
          .directed_by = Operator{.program = "head", .on_terminal = true}};
}

TEST(ClusterSetup, NodesThatServeHavePortsInARow) {
  const auto setup = setup_of_serving(3'000, 4'000);
  using Words = std::vector<std::string>;
  EXPECT_EQ(command_of(setup, 3),
            (Words{"node", "--id", "3", "--control", "3005", "--data", "data/3", "--sloppy=true",
                   "--serve", "4002", "--nodes", "1=3000", "2=3001", "--clients", "3=3002"}));
  EXPECT_EQ(command_of(setup, Operator::id),
            (Words{"head", "--control", "3008", "--data", "data/operator", "--terminal", "--nodes",
                   "1=3003", "2=3004", "--clients", "3=3005"}));
}

TEST(ClusterSetup, ThePortsOfThoseThatServeAreLookedAt) {
  asio::io_context io;
  EXPECT_EQ(taken_port(io, setup_of_serving(3'895, 3'898)), 3'898);
}

}  // namespace
}  // namespace octet::cluster
