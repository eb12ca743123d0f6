#include "graders/stage3-partitioning/shards_memory.h"

#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/shard_cluster.h"

namespace octet::shards::trial {
namespace {

using namespace std::chrono_literals;
using sim::World;

/// Asks the only server.
class Asking {
 public:
  explicit Asking(World& world) : cluster_(world, {6}, dealt_to({6}, 3)) {}

  Result operator()(std::uint64_t client, std::uint64_t number, const Operation& operation) {
    return cluster_.ask_until_done(6, {client, number}, operation);
  }

 private:
  ShardCluster cluster_;
};

}  // namespace

void ask_again_for_what_is_gone(World& world) {
  Asking ask(world);
  EXPECT_EQ(ask(901, 1, Append{"gone", "a"}), Result(Written{1}));
  EXPECT_EQ(ask(902, 1, Delete{"gone"}), Result(Written{2}));
  EXPECT_EQ(ask(901, 1, Append{"gone", "a"}), Result(Written{1})) << "done before the deletion";
  EXPECT_EQ(ask(903, 1, Put{"gone", "b"}), Result(Written{3}));
  EXPECT_EQ(ask(901, 1, Append{"gone", "a"}), Result(Written{1})) << "done before the Put";
  EXPECT_EQ(ask(902, 1, Delete{"gone"}), Result(Written{2})) << "done before the Put";
  EXPECT_EQ(ask(904, 1, Get{"gone"}), Result(Found{"b", 3}));

  const Operation brief = Put{"brief", "a", WallTime(world.now() + 1s)};
  EXPECT_EQ(ask(901, 2, brief), Result(Written{1}));
  world.run_for(2s);
  EXPECT_EQ(ask(901, 2, brief), Result(Written{1})) << "it was done, and has expired since";
  EXPECT_EQ(ask(902, 2, Append{"brief", "b"}), Result(Written{2}));
  EXPECT_EQ(ask(901, 2, brief), Result(Written{1})) << "done before the Append";
  EXPECT_EQ(ask(904, 2, Get{"brief"}), Result(Found{"b", 2}));
}

void ask_with_large_numbers(World& world) {
  Asking ask(world);
  constexpr std::uint64_t far = std::uint64_t{1} << 32;
  EXPECT_EQ(ask(901, 3, Append{"wide", "a"}), Result(Written{1}));
  EXPECT_EQ(ask(901 + far, 3, Append{"wide", "b"}), Result(Written{2})) << "of another client";
  EXPECT_EQ(ask(901, 3 + far, Append{"wide", "c"}), Result(Written{3})) << "of a later number";
  EXPECT_EQ(ask(902, 1, Get{"wide"}), Result(Found{"abc", 3}));
}

void move_many_keys(World& world) {
  constexpr int many = 300;
  ShardCluster cluster(world, {21, 4}, dealt_to({21}, 1));
  const auto key = [](int number) { return "key " + std::to_string(number); };
  for (int i = 0; i < many; ++i) cluster.written(1, Put{key(i), std::to_string(i)});
  cluster.announce_and_settle(dealt_anew(cluster.founding(), {4}));
  for (int i = 0; i < many; ++i) {
    EXPECT_EQ(cluster.found(2, key(i)), (Found{std::to_string(i), 1})) << "of " << key(i);
  }
}

void write_much_while_giving(World& world) {
  constexpr std::uint64_t much = 300;
  ShardCluster cluster(world, {21, 4}, dealt_to({21}, 2));
  SlotMap map = cluster.founding();
  const std::string key = key_in(map, Slot{0});
  const std::string other = key_in(map, Slot{1});
  cluster.written(1, Append{key, "a"});
  cluster.announce(map = changed(map, {{Slot{0}, 4}}));
  if (!world.run_until([&] { return cluster.serves(4, Slot{0}); }, cluster.bound())) {
    grading::fail("server 4 does not come to serve slot 0 (RB6)");
  }
  world.isolate(4);  // 21 does not hear that it is there
  for (std::uint64_t i = 0; i < much; ++i) cluster.written(1, Append{other, "a"});
  world.crash(21).restart(21).run_for(100ms).heal();
  cluster.wait_until_settled(map);
  EXPECT_EQ(cluster.found(2, key), (Found{"a", 1}));
  EXPECT_EQ(cluster.found(2, other).version, much);

  // And while it has one that came back.
  for (const NodeId to : {21, 4, 21}) {
    cluster.announce_and_settle(map = changed(map, {{Slot{0}, to}}));
  }
  for (std::uint64_t i = 0; i < much; ++i) cluster.written(1, Append{key, "b"});
  for (const NodeId id : cluster.servers()) world.crash(id).restart(id);
  cluster.announce_and_settle(changed(map, {{Slot{0}, 4}}));
  EXPECT_EQ(cluster.found(2, key), (Found{"a" + std::string(much, 'b'), much + 1}));
}

}  // namespace octet::shards::trial
