#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/shard_cluster.h"
#include "graders/stage3-partitioning/shards_memory.h"

/// What servers make of the maps that they hear of, and of messages that come late.
namespace octet::shards::trial {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

constexpr std::uint32_t slots_of_tests = 6;

/// A key of each slot.
std::vector<std::string> keys_of(const SlotMap& map) {
  std::vector<std::string> keys;
  for (std::uint32_t i = 0; i < map.owners.size(); ++i) keys.push_back(key_in(map, Slot{i}));
  return keys;
}

void append_to_all(ShardCluster& cluster, const std::string& value) {
  for (const std::string& key : keys_of(cluster.founding())) cluster.written(1, Append{key, value});
}

void expect_all(ShardCluster& cluster, const std::string& value) {
  for (const std::string& key : keys_of(cluster.founding())) {
    EXPECT_EQ(cluster.found(2, key).value, value) << "of " << key;
  }
}

void expect_not_here(ShardCluster& cluster, NodeId server, const SlotMap& its, std::uint64_t number,
                     const Operation& what) {
  const Output output = cluster.ask(server, {902, number}, what);
  const auto* const refused = std::get_if<NotHere>(&output);
  ASSERT_NE(refused, nullptr) << name(server) << " does not own that slot";
  EXPECT_EQ(refused->map, its) << "the latest map of " << name(server);
}

GRADED_TEST(Shards, MapsInAnyOrder, 1,
            "servers join, leave and come back, and hear of maps late, twice, in any order or "
            "never: who has an old map is sent away, and the latest map comes about (RB2, RB5)") {
  for (const std::size_t size : {1U, 2U, 3U, 5U, 7U}) {
    simulate({.options = limited}, [=](World& world) {
      const auto servers = servers_of_size(size);
      ShardCluster cluster(world, servers, dealt_to({servers[0]}, slots_of_tests));
      append_to_all(cluster, "a");
      // All join, all but the first two leave, and they come back in another order.
      const SlotMap all = dealt_anew(cluster.founding(), servers);
      cluster.announce_and_settle(all);
      append_to_all(cluster, "b");
      const SlotMap few = dealt_anew(all, {servers[size - 1], servers[size / 2]});
      SlotMap back = dealt_anew(few, servers);
      std::ranges::reverse(back.owners);
      const SlotMap last = changed(back, {{Slot{2}, servers[0]}, {Slot{3}, servers[size - 1]}});
      // Some skip maps, some hear of them from the last to the first.
      for (std::size_t i = 0; i < size; ++i) {
        if (i % 3 == 0) cluster.announce(few, {servers[i]});
        if (i % 3 == 1) cluster.announce(back, {servers[i]});
      }
      std::vector<std::size_t> calls;
      for (const std::string& key : keys_of(all)) {
        calls.push_back(cluster.call(10 + calls.size(), Append{key, "c"}));
      }
      world.run_for(300ms);
      for (std::size_t i = 0; i < size; ++i) {
        if (i % 3 != 2) cluster.announce(last, {servers[i]});
        cluster.announce(i % 2 == 0 ? back : few, {servers[i]});
      }
      cluster.announce(last);
      cluster.announce(last);
      for (const std::size_t call : calls) cluster.wait_until_done(call);
      cluster.wait_until_settled(last);
      expect_all(cluster, "abc");
      // Old maps change nothing, and crashes neither.
      for (const SlotMap& old : {few, cluster.founding(), all}) cluster.announce(old);
      for (const NodeId id : servers) world.crash(id);
      for (const NodeId id : servers) world.restart(id);
      world.run_for(cluster.bound());
      EXPECT_EQ(cluster.unsettled(last), "") << "nobody has made a later map";
      for (const NodeId id : servers) EXPECT_EQ(cluster.view(id).epoch, last.epoch) << name(id);
      expect_all(cluster, "abc");
    });
  }
  // Whoever has an old map is sent away.
  simulate({.options = limited}, [](World& world) {
    ShardCluster cluster(world, {21, 4, 9}, dealt_to({21, 4}, 2));
    const std::string key = key_in(cluster.founding(), Slot{0});
    EXPECT_EQ(cluster.ask_until_done(21, {901, 1}, Put{key, "a"}), Result(Written{1}));
    const SlotMap next = changed(cluster.founding(), {{Slot{0}, 9}});
    expect_not_here(cluster, 4, cluster.founding(), 1, Put{key, "b"});
    expect_not_here(cluster, 9, cluster.founding(), 2, Append{key, "b"});
    cluster.announce_and_settle(next);
    expect_not_here(cluster, 21, next, 3, Put{key, "b"});
    expect_not_here(cluster, 21, next, 4, Get{key});
    expect_not_here(cluster, 4, next, 5, Put{key, "b"});
    EXPECT_EQ(cluster.ask(9, {903, 1}, Get{key}), Output(Done{{903, 1}, Found{"a", 1}}))
        << "what was NotHere never happens";
    // However much else is written down, what has left does not come back.
    const std::string other = key_in(next, Slot{1});
    for (int i = 0; i < 300; ++i) cluster.written(1, Append{other, "a"});
    cluster.announce_and_settle(changed(next, {{Slot{1}, 21}}));
    for (int i = 0; i < 300; ++i) cluster.written(1, Append{other, "a"});
    for (const NodeId id : cluster.servers()) world.crash(id).restart(id);
    expect_not_here(cluster, 21, changed(next, {{Slot{1}, 21}}), 6, Get{key});
    EXPECT_EQ(cluster.found(1, other), (Found{std::string(600, 'a'), 600}));
  });
  simulate({.options = limited}, write_much_while_giving);
  // The slot is on its way when the next map names yet another owner.
  for (const Duration time : {0ms, 20ms, 150ms, 300ms}) {
    simulate({.options = limited}, [=](World& world) {
      ShardCluster cluster(world, {21, 4, 9}, dealt_to({21}, 1));
      const std::string key = key_in(cluster.founding(), Slot{0});
      EXPECT_EQ(cluster.written(1, Put{key, "a"}), 1U);
      for (const NodeId id : cluster.servers()) world.slow_disk(id, 100ms);
      const SlotMap next = dealt_anew(cluster.founding(), {4});
      cluster.announce(next);
      world.run_for(time);
      const SlotMap last = dealt_anew(next, {9});
      cluster.announce(last);
      cluster.wait_until_settled(last);
      EXPECT_EQ(cluster.found(1, key), (Found{"a", 1}));
    });
  }
}

void wait_until(World& world, const ShardCluster& cluster, bool serves, NodeId server) {
  const auto comes = [&] { return cluster.serves(server, Slot{0}) == serves; };
  if (world.run_until(comes, cluster.bound())) return;
  grading::fail(fmt::format("{} does not come to {} slot 0 (RB6)", name(server),
                            serves ? "serve" : "give away"));
}

/// The slot has arrived at 4, and 21 has not heard of that when the next map comes. Then the two
/// hear each other, or not yet.
void move_on(World& world, NodeId next, bool is_heard) {
  ShardCluster cluster(world, {21, 4, 9}, dealt_to({21}, 1), 1s);
  SlotMap map = cluster.founding();
  const std::string key = key_in(map, Slot{0});
  cluster.written(1, Append{key, "a"});
  cluster.announce(map = dealt_anew(map, {4}));
  wait_until(world, cluster, true, 4);
  world.isolate(4);
  const std::size_t call = cluster.call(1, Append{key, "b"});
  world.run_for(400ms);
  if (is_heard) world.heal();
  cluster.announce(map = dealt_anew(map, {next}));
  world.run_for(is_heard ? 100ms : 3s).heal();
  cluster.wait_until_done(call);
  cluster.wait_until_settled(map);
  EXPECT_EQ(cluster.found(2, key), (Found{"ab", 2}));
}

/// The slot goes to 4 for the second time, and nothing gets there, when 21 hears once more that it
/// arrived for the first time.
void hear_of_the_first_time(World& world) {
  ShardCluster cluster(world, {21, 4}, dealt_to({21}, 1));
  SlotMap map = cluster.founding();
  const std::string key = key_in(map, Slot{0});
  cluster.written(1, Append{key, "a"});
  world.duplicate([](const sim::Envelope& message) { return message.from == NodeId(4); }, 800ms);
  for (const NodeId to : {4, 21}) cluster.announce_and_settle(map = dealt_anew(map, {to}));
  cluster.announce(map = dealt_anew(map, {4}));
  wait_until(world, cluster, false, 21);
  world.cut_one_way(21, 4).run_for(2s).heal();
  cluster.wait_until_settled(map);
  EXPECT_EQ(cluster.found(2, key), (Found{"a", 1}));
}

GRADED_TEST(Shards, LateCopies, 1,
            "a slot that has moved on is not brought back by copies of messages that come late "
            "(RB1, RB2)") {
  for (const Duration late : {30ms, 400ms, 1500ms}) {
    simulate({.options = limited}, [=](World& world) {
      const std::vector<NodeId> servers = {21, 4, 9};
      ShardCluster cluster(world, servers, dealt_to({21}, 2));
      world.duplicate([](const sim::Envelope&) { return true; }, late);
      std::string value;
      SlotMap map = cluster.founding();
      // To another one, back, to it again, to a third one, and so on.
      for (const NodeId to : {4, 21, 4, 9, 21, 9, 4, 21}) {
        value += static_cast<char>('a' + value.size());
        cluster.written(1, Append{key_in(map, Slot{0}), value.substr(value.size() - 1)});
        map = changed(map, {{Slot{0}, to}});
        cluster.announce_and_settle(map);
        if (value.size() % 3 == 0) {
          for (const NodeId id : servers) world.crash(id).restart(id);
        }
        if (value.size() % 3 == 1) world.run_for(late / 2);
      }
      for (const NodeId id : servers) world.crash(id).restart(id);
      world.run_for(2 * late);
      EXPECT_EQ(cluster.unsettled(map), "") << "only copies of old messages came";
      EXPECT_EQ(cluster.found(2, key_in(map, Slot{0})), (Found{value, value.size()}));
    });
  }
  // It goes to 4, and 21 does not hear that it arrived. Then it comes back, or goes on to 9.
  for (const NodeId next : {21, 9}) {
    for (const bool is_heard : {true, false}) {
      simulate({.options = limited}, [=](World& world) { move_on(world, next, is_heard); });
    }
  }
  simulate({.options = limited, .runs = 2}, hear_of_the_first_time);
}

}  // namespace
}  // namespace octet::shards::trial
