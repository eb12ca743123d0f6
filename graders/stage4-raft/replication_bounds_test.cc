#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/traffic.h"

/// What replication may cost: three times what our own solution needs, and more (§5.3, RF12).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

GRADED_TEST(Replication, IdleServersOnlyHeartbeat, 1,
            "when nothing is proposed a leader sends small heartbeats, and little else is said: "
            "three heartbeats and replies in each interval at most (§5.2, RF12)") {
  simulate({.options = limited}, [](World& world) {
    Cluster cluster(world, 5);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    for (int i = 0; i < 20; ++i)
      cluster.propose(leader, std::string(1'000, 'x') + std::to_string(i));
    expect_agreement(world, cluster);
    world.run_for(heartbeats(cluster, 10));
    const auto traffic = measure(world, cluster.servers());
    world.run_for(heartbeats(cluster, 100));
    EXPECT_GE(traffic->messages, 4 * 90U) << "a leader is heard all the time";
    EXPECT_LE(traffic->messages, 3 * 2 * 4 * 100U) << "in 100 heartbeats to 4 servers";
    EXPECT_LE(traffic->bytes, overhead * traffic->messages)
        << "in " << traffic->messages << " messages, when all have everything";
  });
}

GRADED_TEST(
    Replication, ACommandIsSentOnce, 1,
    "a command goes to each server about once, and with few messages, when each is proposed "
    "after the one before (§5.3, RF12)") {
  simulate({.options = limited}, [](World& world) {
    Cluster cluster(world, 5);
    const NodeId leader = cluster.wait_for_a_settled_leader();
    constexpr std::uint64_t commands = 30;
    constexpr std::uint64_t size = 1'000;
    const auto traffic = measure(world, cluster.servers());
    const Duration begin = world.now();
    for (std::uint64_t i = 0; i < commands; ++i) {
      const std::string command = std::string(size, 'x') + std::to_string(i);
      cluster.propose(leader, command);
      cluster.wait_until_committed(command, {leader}, heartbeats(cluster, 10));
    }
    const auto beats = static_cast<std::uint64_t>((world.now() - begin) / heartbeats(cluster, 1));
    const std::uint64_t most_messages = 3 * 2 * 4 * (commands + beats + 1);
    EXPECT_LE(traffic->messages, most_messages) << "for " << commands << " commands";
    EXPECT_LE(traffic->bytes, 3 * 4 * commands * (size + overhead) + most_messages * overhead)
        << "for " << commands << " commands of " << size << " bytes to 4 servers";
  });
}

/// Proposes for five seconds, while one server is lost to the others, or its answers come late.
/// Returns what that one was sent.
Traffic sent_to_a_weak_server(World& world, Cluster& cluster, bool is_down) {
  const NodeId leader = cluster.wait_for_a_settled_leader();
  const NodeId weak = cluster.others({leader}).back();
  if (is_down) {
    world.drop([=](const Envelope& sent) { return sent.to == weak || sent.from == weak; });
  } else {
    world.delay([=](const Envelope& sent) { return sent.from == weak; }, 2s);
  }
  const auto traffic = measure(world, {weak});
  for (int i = 0; i < 100; ++i) {
    cluster.propose(leader, std::string(200, 'x') + std::to_string(i));
    world.run_for(50ms);
  }
  const Traffic sent = *traffic;
  world.heal();
  expect_agreement(world, cluster);
  return sent;
}

GRADED_TEST(
    Replication, AWeakServerIsNotFlooded, 1,
    "a server that is down, or answers late, is sent what is new, and from time to time what "
    "it has not acknowledged: three messages for a heartbeat or a command at most (§5.3, "
    "RF12)") {
  for (const bool is_down : {true, false}) {
    simulate({.options = limited}, [&](World& world) {
      Cluster cluster(world, 3, with_most_bytes(2'000));
      const Traffic sent = sent_to_a_weak_server(world, cluster, is_down);
      constexpr std::uint64_t beats = 50;
      constexpr std::uint64_t commands = 100;
      EXPECT_GE(sent.messages, beats / 2) << "the leader has given it up";
      EXPECT_LE(sent.messages, 3 * (beats + commands))
          << "in " << beats << " heartbeats, with " << commands << " commands";
      EXPECT_LE(sent.bytes, 3 * (beats * (2'000 + 10 * overhead) + commands * (200 + overhead)))
          << "in " << beats << " heartbeats, with " << commands << " commands of 200 bytes";
      EXPECT_GE(cluster.figure3().committed().size(), commands);
    });
  }
}

/// The largest message that brings a server up to date which lacks so many commands of this size.
std::uint64_t largest_message(World& world, std::size_t most_bytes, std::size_t size, int count) {
  Cluster cluster(world, 3, with_most_bytes(most_bytes));
  const NodeId leader = cluster.wait_for_a_settled_leader();
  const NodeId away = cluster.others({leader}).back();
  connect(world, cluster, {cluster.others({away})});
  const auto traffic = measure(world, cluster.servers());
  for (int i = 0; i < count; ++i) {
    cluster.propose(leader, std::string(size - 2, 'x') + std::to_string(10 + i));
  }
  world.run_for(heartbeats(cluster, 50));
  connect_all(world, cluster);
  expect_agreement(world, cluster);
  EXPECT_GE(traffic->bytes, 2 * size * static_cast<std::size_t>(count));
  return traffic->largest;
}

GRADED_TEST(Replication, MessagesAreNotTooLarge, 1,
            "the commands of one message have Config::most_bytes together at most, unless it is a "
            "single one that has more (raft.h, RF12)") {
  simulate({.options = limited}, [](World& world) {
    EXPECT_LE(largest_message(world, 1'000, 100, 50), 1'000 + 11 * overhead)
        << "with commands of 100 bytes, and most_bytes = 1000";
  });
  simulate({.options = limited}, [](World& world) {
    EXPECT_LE(largest_message(world, 1'000, 900, 5), 900 + 2 * overhead)
        << "with commands of 900 bytes, and most_bytes = 1000";
  });
  simulate({.options = limited}, [](World& world) {
    EXPECT_LE(largest_message(world, 1'000, 3'000, 2), 3'000 + 2 * overhead)
        << "with commands of 3000 bytes, and most_bytes = 1000";
  });
}

}  // namespace
}  // namespace octet::raft
