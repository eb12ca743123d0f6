#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/kv_load.h"

/// The store when a Get is no entry of the log.
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using raft::limited;
using raft::Reads;
using raft::rough;
using sim::World;

raft::Config config_with(Reads reads) {
  raft::Config config;
  config.reads = reads;
  config.most_drift = 100'000;
  return config;
}

std::size_t entries_at(const KvCluster& cluster, NodeId server) {
  return cluster.view(server).raft.log.size();
}

GRADED_TEST(StoreReads, NotInTheLog, 1,
            "a Get sees what was written before, and puts nothing into the log (RD1)") {
  for (const Reads reads : {Reads::index, Reads::lease}) {
    for (const std::size_t size : {1U, 3U}) {
      simulate({.options = limited}, [=](World& world) {
        KvCluster cluster(world, size, 2, config_with(reads));
        const NodeId client = cluster.clients().front();
        std::string written;
        for (int i = 0; i < 5; ++i) {
          cluster.done(client, Append{"x", "a"});
          written += "a";
          EXPECT_EQ(cluster.get(cluster.clients().back(), "x"), written);
        }
        EXPECT_EQ(cluster.get(client, "y"), "") << "nobody has written it";
        const NodeId leader = cluster.wait_for_leader();
        const raft::Term term = cluster.view(leader).raft.term;
        const std::size_t before = entries_at(cluster, leader);
        for (int i = 0; i < 20; ++i) EXPECT_EQ(cluster.get(client, "x"), written);
        const View after = cluster.view(leader);
        if (after.raft.term != term) return;  // an election, without need, may make an entry
        EXPECT_EQ(after.raft.log.size(), before) << "entries of the leader after twenty reads";
      });
    }
  }
}

GRADED_TEST(StoreReads, WhatIsNotAppliedYet, 1,
            "a server that has not applied what a read must see waits for it, or does not answer "
            "(RD3)") {
  for (const Reads reads : {Reads::index, Reads::lease}) {
    simulate({.options = limited, .runs = 3}, [=](World& world) {
      KvCluster cluster(world, 3, 2, config_with(reads));
      const NodeId reader = cluster.clients().front();
      const NodeId writer = cluster.clients().back();
      std::string written;
      for (int round = 0; round < 5; ++round) {
        const NodeId follower = cluster.others(cluster.wait_for_leader()).front();
        cut(world, {reader}, cluster.others(follower));
        cluster.done(writer, Append{"x", "a"});
        written += "a";
        const std::size_t read = cluster.call(reader, Get{"x"});
        world.run_for(1s).heal();
        EXPECT_EQ(cluster.wait_until_done(read), Result(Value{written}));
      }
    });
  }
}

GRADED_TEST(
    StoreReads, WhateverIsBroken, 2,
    "what clients get is linearizable when reads are not in the log, whatever is broken, and "
    "clocks run fast or slow within bounds (RD1 to RD4)") {
  for (const Reads reads : {Reads::index, Reads::lease}) {
    const sim::Storm storm{.nodes = raft::servers_of_size(3),
                           .end = 10s,
                           .longest = 2s,
                           .crashes = 3,
                           .torn_handlers = 3,
                           .pauses = 4,
                           .cuts = 4,
                           .partitions = 4,
                           .drifts = 3,
                           .jumps = 2};
    std::size_t done = 0;
    simulate({.options = rough, .storm = storm, .runs = 6}, [&](World& world) {
      KvCluster cluster(world, 3, 4, config_with(reads), 3s);
      keep_calling(world, cluster, 50ms, 10s);
      world.run_for(14s);
      done += cluster.done();
      cluster.expect_agreement();
    });
    EXPECT_GT(done, 6 * 50U) << "the test means little when so little is done";
  }
}

}  // namespace
}  // namespace octet::kv
