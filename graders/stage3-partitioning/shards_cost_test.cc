#include <fmt/format.h>

#include <memory>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/shard_cluster.h"

/// What a move costs (RB6).
namespace octet::shards::trial {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Bytes that servers send each other from now on.
class Sent {
 public:
  explicit Sent(World& world) : world_(world), begin_(world.now()) {
    world.drop([bytes = bytes_](const sim::Envelope& message) {
      *bytes += message.bytes.size();
      return false;
    });
  }

  /// So many bytes had to move. Whoever has no answer sends them again, once per retry; twice of
  /// that is allowed, and a little for what else there is to say.
  void expect_at_most(std::size_t content, Duration retry) const {
    const auto retries = static_cast<std::size_t>((world_.now() - begin_) / retry);
    EXPECT_LE(*bytes_, 2 * content * (1 + retries) + 5'000 * (1 + retries))
        << "bytes between servers, to move " << content << " bytes in "
        << fmt::format("{} retries", retries);
  }

 private:
  World& world_;
  Duration begin_;
  std::shared_ptr<std::size_t> bytes_ = std::make_shared<std::size_t>(0);
};

/// Fills the slot with so many values of 2 kB. Returns how much that is.
std::size_t fill(ShardCluster& cluster, Slot slot, int values) {
  for (int i = 0; i < values; ++i) {
    cluster.done(1, Put{key_in(cluster.founding(), slot, i), std::string(2'000, 'v')});
  }
  return static_cast<std::size_t>(values) * 2'000;
}

/// One server has the map on its disk, and then that becomes slow. The others hear of the map.
void announce_around_a_slow_disk(World& world, ShardCluster& cluster, const SlotMap& map,
                                 NodeId one, Duration disk) {
  cluster.announce(map, {one});
  world.run_for(20ms).slow_disk(one, disk);
  cluster.announce(map);
}

GRADED_TEST(Shards, LittleIsSent, 1,
            "only slots whose owner changes are sent, and not without need again: not to a slow "
            "server, and not when maps follow each other quickly (RB6)") {
  const auto retry = 500ms;
  simulate({.options = limited}, [=](World& world) {
    ShardCluster cluster(world, {21, 4, 9}, dealt_to({21, 4}, 4), retry);
    const std::size_t content = fill(cluster, Slot{0}, 10);
    fill(cluster, Slot{1}, 10);
    fill(cluster, Slot{2}, 10);
    const Sent sent(world);
    // The slow one has it on disk after five seconds.
    const SlotMap map = changed(cluster.founding(), {{Slot{0}, 9}});
    announce_around_a_slow_disk(world, cluster, map, 9, 5s);
    cluster.wait_until_settled(map);
    sent.expect_at_most(content, retry);
  });
  simulate({.options = limited}, [=](World& world) {
    ShardCluster cluster(world, {21, 4, 9}, dealt_to({21}, 4), retry);
    const std::size_t content = fill(cluster, Slot{0}, 10);
    const Sent sent(world);
    SlotMap map = changed(cluster.founding(), {{Slot{0}, 4}});
    announce_around_a_slow_disk(world, cluster, map, 4, 2s);
    // A hundred maps, in which another slot comes and goes.
    for (int i = 0; i < 100; ++i) {
      cluster.announce(map, {21, 9});
      world.run_for(4ms);
      map = changed(map, {{Slot{1}, i % 2 == 0 ? 9U : 21U}});
    }
    cluster.announce_and_settle(map);
    sent.expect_at_most(content, retry);
    EXPECT_EQ(cluster.found(1, key_in(map, Slot{0})).version, 1U);
  });
  // The other one is down, and a retry takes long.
  simulate({.options = limited}, [](World& world) {
    constexpr Duration slowly = 5s;
    constexpr std::size_t retries = 20;
    ShardCluster cluster(world, {21, 4}, dealt_to({21}, 1), slowly);
    const auto messages = std::make_shared<std::size_t>(0);
    world.crash(4).drop([=](const sim::Envelope&) {
      ++*messages;
      return false;
    });
    cluster.announce(dealt_anew(cluster.founding(), {4}));
    world.run_for(retries * slowly);
    EXPECT_LE(*messages, 10 * retries)
        << "messages in " << retries << " retries, to a server that is down";
  });
  // Applications ask all the time.
  simulate({.options = limited}, [=](World& world) {
    ShardCluster cluster(world, {21, 4}, dealt_to({21}, 1), retry);
    const std::size_t content = fill(cluster, Slot{0}, 10);
    const Sent sent(world);
    const SlotMap map = dealt_anew(cluster.founding(), {4});
    announce_around_a_slow_disk(world, cluster, map, 4, 2s);
    for (std::uint64_t i = 1; i <= 100; ++i) {
      const std::string key = key_in(map, Slot{0}, 50);
      for (const NodeId id : cluster.servers()) cluster.ask(id, {901, 2 * i}, Get{key});
      world.run_for(2ms);
    }
    cluster.wait_until_settled(map);
    sent.expect_at_most(content, retry);
  });
}

GRADED_TEST(Shards, OthersGoOn, 1,
            "while a slot cannot move, all others are served, and move; two servers leave at once "
            "(RB6)") {
  simulate({.options = limited, .runs = 2}, [](World& world) {
    ShardCluster cluster(world, {21, 4, 9, 37}, dealt_to({21, 4}, 8));
    const SlotMap& founding = cluster.founding();
    for (std::uint32_t i = 0; i < 8; ++i) cluster.written(1, Put{key_in(founding, Slot{i}), "a"});
    // Slot 0 goes to one that is down, slot 2 to one that is up.
    world.crash(9);
    const SlotMap map = changed(founding, {{Slot{0}, 9}, {Slot{2}, 37}, {Slot{3}, 37}});
    cluster.announce(map);
    world.run_for(1s);
    const std::size_t call =
        cluster.call(3, Append{key_in(map, Slot{0}), "b"});  // may have to wait
    for (std::uint32_t i = 1; i < 8; ++i) {
      EXPECT_EQ(cluster.written(2, Append{key_in(map, Slot{i}), "b"}), 2U);
    }
    const auto moved = [&] { return cluster.serves(37, Slot{2}) && cluster.serves(37, Slot{3}); };
    EXPECT_TRUE(world.run_until(moved, cluster.bound()))
        << "server 37 does not get slots 2 and 3; only server 9 is down";
    EXPECT_FALSE(cluster.holds(21, Slot{2})) << "it has moved, whatever becomes of slot 0";
    world.run_for(20s).restart(9);
    cluster.announce(map);
    cluster.wait_until_settled(map);
    cluster.wait_until_done(call);
    EXPECT_EQ(cluster.found(2, key_in(map, Slot{0})), (Found{"ab", 2}));
    // Two leave at once. One of them crashes meanwhile.
    const SlotMap fewer = dealt_anew(map, {4, 37});
    cluster.announce(fewer);
    world.run_for(5ms).crash(21).run_for(300ms).restart(21);
    cluster.announce(fewer);
    cluster.wait_until_settled(fewer);
    // Whoever has left may be stopped, for good.
    for (const bool is_stopped : {false, true}) {
      if (is_stopped) world.crash(21).crash(9);
      for (std::uint32_t i = 0; i < 8; ++i) {
        EXPECT_EQ(cluster.found(2, key_in(map, Slot{i})), (Found{"ab", 2}));
      }
    }
  });
  // Someone who is slow delays nobody else.
  simulate({.options = limited}, [](World& world) {
    ShardCluster cluster(world, {21, 4, 9}, dealt_to({21}, 13));
    const SlotMap map = changed(dealt_anew(cluster.founding(), {4, 9}), {{Slot{12}, 21}});
    announce_around_a_slow_disk(world, cluster, map, 4, 10s);
    const auto moved = [&] {
      for (std::uint32_t i = 1; i < 12; i += 2) {
        if (!cluster.serves(9, Slot{i}) || cluster.holds(21, Slot{i})) return false;
      }
      return true;
    };
    EXPECT_TRUE(world.run_until(moved, cluster.bound())) << "only server 4 is slow";
    EXPECT_EQ(cluster.written(1, Put{key_in(map, Slot{1}), "a"}), 1U);
    EXPECT_EQ(cluster.written(1, Put{key_in(map, Slot{12}), "a"}), 1U) << "it stays where it is";
  });
}

}  // namespace
}  // namespace octet::shards::trial
