#include <fmt/format.h>

#include <memory>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/shard_cluster.h"

/// Everything moves while much is broken.
namespace octet::shards::trial {
namespace {

using namespace std::chrono_literals;
using grading::Random;
using grading::simulate;
using sim::World;

/// An operator who makes maps by chance, and applications that ask for this and that.
class Unrest {
 public:
  Unrest(World& world, ShardCluster& cluster)
      : cluster_(cluster), map_(cluster.founding()), random_(world.seed(), "unrest") {}

  const SlotMap& map() const { return map_; }

  /// The next map; some servers hear of it, and some of the one before.
  void make_map() {
    const SlotMap before = map_;
    map_.epoch = Epoch{number(map_.epoch) + 1};
    for (NodeId& owner : map_.owners) {
      if (random_.below(2) == 0) owner = any_server();
    }
    for (const NodeId id : cluster_.servers()) {
      const std::uint64_t hears = random_.below(4);
      if (hears < 2) cluster_.announce(map_, {id});
      if (hears == 2) cluster_.announce(before, {id});
    }
  }

  void call(std::uint64_t client) {
    const std::string key = fmt::format("key {}", random_.below(6));
    const std::string value = fmt::format("{},", ++values_);
    const std::uint64_t kind = random_.below(8);
    if (!cluster_.is_idle(client)) return;
    if (kind < 3) cluster_.call(client, Append{key, value});
    if (kind == 3) cluster_.call(client, Put{key, value});
    if (kind == 4) cluster_.call(client, Delete{key});
    if (kind > 4) cluster_.call(client, Get{key});
  }

 private:
  NodeId any_server() { return cluster_.servers()[random_.below(cluster_.servers().size())]; }

  ShardCluster& cluster_;
  SlotMap map_;
  Random random_;
  std::uint64_t values_ = 0;
};

GRADED_TEST(Shards, WhateverIsBroken, 1,
            "what applications get is linearizable while slots move and messages are lost, late or "
            "doubled, links are cut, and servers pause and crash; then the last map comes about "
            "(RB1 to RB6)") {
  for (const std::size_t size : {2U, 4U, 7U}) {
    const sim::Storm storm{.nodes = servers_of_size(size),
                           .end = 8s,
                           .longest = 1500ms,
                           .crashes = 4,
                           .torn_handlers = 6,
                           .pauses = 2,
                           .cuts = 3,
                           .partitions = 2,
                           .slow_disks = 2};
    std::size_t done = 0;
    simulate({.options = rough, .storm = storm, .runs = 4}, [&](World& world) {
      ShardCluster cluster(world, servers_of_size(size), dealt_to({21}, 5));
      const auto unrest = std::make_shared<Unrest>(world, cluster);
      for (Duration at = 300ms; at < 8s; at += 300ms) {
        world.at(at, [unrest] { unrest->make_map(); });
      }
      for (Duration at = 10ms; at < 8s; at += 50ms) {
        world.at(at, [unrest, client = 1 + at / 50ms % 4] {
          unrest->call(static_cast<std::uint64_t>(client));
        });
      }
      world.run_for(12s);
      done += cluster.done();
      cluster.announce_and_settle(unrest->map());
      for (int i = 0; i < 6; ++i) cluster.done(9, Append{fmt::format("key {}", i), "."});
    });
    EXPECT_GT(done, 4 * 20U) << "the test means little when so little is done";
  }
}

}  // namespace
}  // namespace octet::shards::trial
