#include <algorithm>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"
#include "runtime/untrusted_text.h"

/// What is proposed is applied, by all, in one order (§5.3).
namespace octet::raft {
namespace {

using grading::simulate;
using sim::World;

std::ptrdiff_t times_committed(const Cluster& cluster, const std::string& command) {
  return std::ranges::count(cluster.figure3().committed(), command, &Committed::command);
}

GRADED_TEST(Replication, AllApplyTheSame, 1,
            "every server applies every command, in one order, soon after it was proposed (§5.3, "
            "RF5)") {
  for (const std::size_t size : {1U, 2U, 3U, 4U, 5U, 7U}) {
    simulate({.options = limited}, [&](World& world) {
      Cluster cluster(world, size);
      constexpr std::size_t commands = 10;
      const NodeId leader = cluster.wait_for_a_settled_leader();
      for (std::size_t i = 0; i < commands; ++i) {
        const std::string command = cluster.propose(leader);
        cluster.wait_until_committed(command, cluster.servers(), heartbeats(cluster, 10));
      }
      expect_agreement(world, cluster);
      EXPECT_GE(cluster.figure3().committed().size(), commands);
    });
  }
}

GRADED_TEST(Replication, CommandsAreBytes, 1,
            "a command is any bytes, also more of them than go into one message; the same one "
            "proposed again is another entry (§5.3)") {
  simulate({.options = limited}, [](World& world) {
    Cluster cluster(world, 3, with_most_bytes(1'000));
    std::string every_byte;
    for (int byte = 0; byte < 256; ++byte) every_byte += static_cast<char>(byte);
    const std::vector<std::string> commands = {
        every_byte, std::string(1, '\0'),   std::string("a\0b", 3), std::string("a\0c", 3),
        "\xff\xfe", std::string(5'000, 'x')};
    const NodeId leader = cluster.wait_for_a_settled_leader();
    for (const std::string& command : commands) {
      for (int i = 0; i < 3; ++i) cluster.propose(leader, command);
    }
    expect_agreement(world, cluster);
    for (const std::string& command : commands) {
      EXPECT_EQ(times_committed(cluster, command), 3)
          << "times that \"" << printable(command.substr(0, 40)) << "\" was applied";
    }
  });
}

GRADED_TEST(Replication, ManyAtOnce, 1,
            "a leader takes many proposals at once, and all are applied (§5.3)") {
  for (const std::size_t size : {1U, 3U, 5U}) {
    simulate({.options = limited}, [&](World& world) {
      Cluster cluster(world, size, with_most_bytes(200));
      constexpr std::size_t commands = 60;
      const NodeId leader = cluster.wait_for_a_settled_leader();
      cluster.propose_many(leader, commands);
      world.run_for(heartbeats(cluster, 10));
      cluster.propose_many(leader, commands);
      expect_agreement(world, cluster);
      EXPECT_GE(cluster.figure3().committed().size(), 2 * commands);
    });
  }
}

}  // namespace
}  // namespace octet::raft
