#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/replication.h"
#include "graders/stage4-raft/traffic.h"

/// Several requests under way to a follower (dissertation, §10.2.1).
namespace octet::raft {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

constexpr Duration round_trip = 100ms;

/// Far from each other: a round trip takes longer than anything else, and a heartbeat is rare.
const sim::WorldOptions far = {
    .network = {.min_latency = round_trip / 2, .max_latency = round_trip / 2},
    .max_events = limited.max_events};

Config pipelined(std::size_t most_requests, std::size_t most_bytes = 64 * 1024) {
  return {.servers = {},
          .election_timeout = 2s,
          .heartbeat = 400ms,
          .most_bytes = most_bytes,
          .most_requests = most_requests};
}

/// Proposes a command of 500 bytes every so often, a hundred times.
constexpr std::uint64_t commands = 100;
constexpr std::uint64_t length = 500;
std::string propose_one_by_one(World& world, Cluster& cluster, NodeId leader, Duration every) {
  std::string command;
  for (std::uint64_t i = 0; i < commands; ++i) {
    command = std::string(length, 'x') + std::to_string(i);
    cluster.propose(leader, command);
    world.run_for(every);
  }
  return command;
}

GRADED_TEST(Pipelining, ARoundTripEach, 1,
            "a command is committed a round trip after it was proposed, although others are under "
            "way: one and a half at most; it is sent about once (PL1)") {
  simulate({.options = far, .runs = 3}, [](World& world) {
    Cluster cluster(world, 3, pipelined(32));
    const NodeId leader = cluster.wait_for_a_settled_leader();
    const auto traffic = measure(world, cluster.others({leader}));
    const Duration begin = world.now();
    std::size_t before = cluster.figure3().committed().size();
    std::uint64_t late = 0;
    for (std::uint64_t i = 0; i < commands; ++i) {
      world.at(begin + i * 10ms + 3 * round_trip / 2, [&cluster, &late, before, i] {
        if (cluster.figure3().committed().size() <= before + i) ++late;
      });
    }
    propose_one_by_one(world, cluster, leader, 10ms);
    world.run_for(2 * round_trip);
    EXPECT_EQ(late, 0U) << "commands of " << commands
                        << " are not committed one and a half round trips after they were proposed";
    EXPECT_LE(traffic->bytes, 3 * 2 * commands * (length + overhead))
        << "for " << commands << " commands of " << length << " bytes to 2 servers";
  });
}

GRADED_TEST(Pipelining, AFollowerCatchesUp, 1,
            "a follower that lacks a hundred messages does not take a hundred round trips to catch "
            "up: half as many at most (PL1)") {
  simulate({.options = far}, [](World& world) {
    Cluster cluster(world, 3, pipelined(8, 1'000));
    const NodeId leader = cluster.wait_for_a_settled_leader();
    const NodeId away = cluster.others({leader}).back();
    connect(world, cluster, {cluster.others({away})});
    std::string last;
    for (int i = 0; i < 100; ++i) {
      last = std::string(900, 'x') + std::to_string(i);
      cluster.propose(leader, last);
    }
    cluster.wait_until_committed(last, {leader}, 200 * round_trip);
    connect_all(world, cluster);
    cluster.wait_until_committed(last, {away}, 50 * round_trip + heartbeats(cluster, 2));
  });
}

GRADED_TEST(Pipelining, NoMoreThanAllowed, 1,
            "no more than Config::most_requests requests are under way to a follower; what is "
            "proposed meanwhile goes together (PL2)") {
  for (const bool is_silent : {true, false}) {
    simulate({.options = far}, [=](World& world) {
      constexpr std::size_t most = 4;
      Cluster cluster(world, 3, pipelined(most));
      const NodeId leader = cluster.wait_for_a_settled_leader();
      const NodeId follower = cluster.others({leader}).front();
      if (is_silent) world.drop([=](const Envelope& sent) { return sent.from == follower; });
      const auto traffic = measure(world, {follower});
      std::string last;
      for (int i = 0; i < 300; ++i) {
        last = cluster.propose(leader);
        world.run_for(1ms);
      }
      // In three round trips, with a heartbeat: sent again once, and twice of all that.
      EXPECT_LE(traffic->messages, 2 * (3 + 1) * (most + 1)) << "while 300 commands are proposed";
      cluster.wait_until_committed(last, {leader}, 3 * round_trip);
      expect_agreement(world.heal(), cluster);
    });
  }
}

GRADED_TEST(Pipelining, LostAndOvertaken, 1,
            "requests that are lost, or overtake each other, hold nothing up for long, and are "
            "not sent again and again (PL3, RF10)") {
  const sim::WorldOptions uneven = {
      .network = {.min_latency = 10ms, .max_latency = 90ms, .loss = 20'000},
      .max_events = limited.max_events};
  simulate({.options = uneven, .runs = 5}, [](World& world) {
    Cluster cluster(world, 3, pipelined(32));
    const NodeId leader = cluster.wait_for_a_settled_leader();
    const auto traffic = measure(world, cluster.others({leader}));
    const std::string last = propose_one_by_one(world, cluster, leader, 3ms);
    cluster.wait_until_committed(last, {leader}, heartbeats(cluster, 10));
    EXPECT_LE(traffic->messages, 4 * 2 * commands) << "for " << commands << " commands";
    EXPECT_LE(traffic->bytes, 6 * 2 * commands * (length + overhead))
        << "for " << commands << " commands of " << length << " bytes to 2 servers";
    expect_agreement(world, cluster);
  });
}

GRADED_TEST(Pipelining, WhateverIsBroken, 1,
            "the properties of Figure 3 hold with many requests under way, whatever is lost, late, "
            "doubled, cut off, paused or crashed (PL3, RF1 to RF5, RF8, RF10)") {
  for (const std::size_t size : {3U, 5U}) {
    const sim::Storm storm{.nodes = servers_of_size(size),
                           .end = 5s,
                           .longest = 1s,
                           .crashes = 3,
                           .torn_handlers = 3,
                           .pauses = 3,
                           .cuts = 4,
                           .partitions = 3};
    std::size_t committed = 0;
    simulate({.options = rough, .storm = storm, .runs = 4}, [&](World& world) {
      Config config = with_most_bytes(60);
      config.most_requests = 8;
      Cluster cluster(world, size, config);
      cluster.keep_proposing(20ms, 5s);
      world.run_for(5s);
      committed += cluster.figure3().committed().size();
      expect_agreement(world, cluster);
    });
    EXPECT_GT(committed, 4 * 10U) << "the test means little when so little is committed";
  }
}

}  // namespace
}  // namespace octet::raft
