#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage4-raft/kv_load.h"

/// The store while much is broken.
namespace octet::kv {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using raft::rough;
using sim::World;

GRADED_TEST(Store, WhateverIsBroken, 1,
            "what clients get is linearizable when messages are lost, late or doubled, links are "
            "cut, and servers pause and crash; calls are done when that is over (KV1 to KV6)") {
  for (const std::size_t size : {3U, 5U}) {
    const sim::Storm storm{.nodes = raft::servers_of_size(size),
                           .end = 10s,
                           .longest = 2s,
                           .crashes = 4,
                           .torn_handlers = 4,
                           .pauses = 3,
                           .cuts = 4,
                           .partitions = 3,
                           .slow_disks = 2};
    std::size_t done = 0;
    simulate({.options = rough, .storm = storm, .runs = 8}, [&](World& world) {
      KvCluster cluster(world, size, 4, {}, 3s);
      keep_calling(world, cluster, 50ms, 10s);
      for (const Duration at : {3s, 6s}) {
        world.at(at, [&] { cluster.restart(cluster.clients().front()); });
      }
      world.run_for(14s);
      done += cluster.done();
      cluster.expect_agreement();
    });
    EXPECT_GT(done, 8 * 50U) << "the test means little when so little is done";
  }
}

}  // namespace
}  // namespace octet::kv
