#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/shard_cluster.h"

/// Crashes while a slot moves.
namespace octet::shards::trial {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Which handler of a move is torn, and after how many of its effects.
struct Torn {
  std::uint64_t handler = 0;
  std::size_t effects = 0;
};

/// Slot 0 of two goes back and forth between two servers, a move for each place where one of them
/// may crash. Each move has a key of its own.
class BackAndForth {
 public:
  explicit BackAndForth(World& world)
      : world_(world), cluster_(world, {21, 4}, dealt_to({21}, 2)), map_(cluster_.founding()) {}

  ShardCluster& cluster() { return cluster_; }
  NodeId from() const { return owner_of(map_, Slot{0}); }
  NodeId to() const { return from() == NodeId(21) ? 4 : 21; }

  /// The victim crashes in that handler after it has heard of the map, and is down for so long.
  void move(NodeId victim, Torn torn, Duration down) {
    const std::string key = key_in(map_, Slot{0}, ++moves_);
    EXPECT_EQ(cluster_.written(1, Put{key, "a"}), 1U);
    const std::size_t call = cluster_.call(1, Append{key, "b"});
    const SlotMap next = changed(map_, {{Slot{0}, to()}});
    tear(victim, torn, next);
    world_.crash(victim).run_for(down).restart(victim);
    cluster_.announce(next);
    cluster_.wait_until_done(call);
    cluster_.wait_until_settled(next);
    map_ = next;
    EXPECT_EQ(cluster_.found(2, key), (Found{"ab", 2}));
  }

 private:
  void tear(NodeId victim, Torn torn, const SlotMap& next) {
    const std::uint64_t first = world_.handled(victim);
    if (torn.handler == 0) world_.crash_after_effects(victim, torn.effects);
    cluster_.announce(next);
    const auto comes = [&] { return world_.handled(victim) >= first + torn.handler; };
    if (torn.handler > 0 && world_.run_until(comes, 500ms)) {
      world_.crash_after_effects(victim, torn.effects);
    }
    world_.run_until([&] { return !world_.is_up(victim); }, 150ms);
  }

  World& world_;
  ShardCluster cluster_;
  SlotMap map_;
  int moves_ = 0;
};

/// Nothing moves: who says Done has it on disk.
void expect_done_is_durable(World& world, ShardCluster& cluster) {
  for (int i = 0; i < 30; ++i) {
    const std::string key = key_in(cluster.founding(), Slot{1}, i);
    EXPECT_EQ(cluster.written(1, Put{key, "a"}), 1U);
    world.crash(21).restart(21);
    EXPECT_EQ(cluster.found(2, key), (Found{"a", 1}));
  }
}

GRADED_TEST(Shards, CrashesAtEveryStep, 1,
            "whichever of two servers crashes, at whatever step of a move, nothing acknowledged is "
            "lost, and the move ends (RB1, RB4)") {
  const sim::WorldOptions options{.disk_latency = 5ms, .max_events = 100'000};
  simulate({.options = options}, [](World& world) {
    BackAndForth slot(world);
    expect_done_is_durable(world, slot.cluster());
    for (std::uint64_t handler = 0; handler < 6; ++handler) {
      for (std::size_t effects = 0; effects < 4; ++effects) {
        slot.move(slot.from(), {handler, effects}, 50ms);
        slot.move(slot.to(), {handler, effects}, 50ms);
      }
    }
  });
  // The target has everything, and its disk is not as far.
  simulate({.options = limited, .runs = 2}, [](World& world) {
    ShardCluster cluster(world, {21, 4}, dealt_to({21}, 1));
    const std::string key = key_in(cluster.founding(), Slot{0});
    EXPECT_EQ(cluster.written(1, Put{key, "a"}), 1U);
    const SlotMap next = dealt_anew(cluster.founding(), {4});
    world.slow_disk(4, 2s);
    cluster.announce(next);
    for (const Duration time : {300ms, 900ms, 1500ms}) {
      world.run_for(time).crash(4).run_for(300ms).crash(21).restart(21).restart(4);
      cluster.announce(next);
    }
    world.slow_disk(4, 1ms);
    cluster.wait_until_settled(next);
    EXPECT_EQ(cluster.found(2, key), (Found{"a", 1}));
    // Whoever has left may be stopped, for good.
    world.crash(21);
    EXPECT_EQ(cluster.written(2, Append{key, "b"}), 2U);
    world.crash(4).restart(4);
    EXPECT_EQ(cluster.found(2, key), (Found{"ab", 2}));
  });
}

}  // namespace
}  // namespace octet::shards::trial
