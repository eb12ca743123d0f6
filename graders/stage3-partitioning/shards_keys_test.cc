#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/shard_cluster.h"
#include "graders/stage3-partitioning/shards_memory.h"

/// What there is to know of a key, where it is and when it moves (RB3).
namespace octet::shards::trial {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

WallTime wall(Duration time) {
  return WallTime(time);
}

void write_and_read(ShardCluster& cluster, const std::string& key) {
  const std::string binary("\0\xff\n\0", 4);
  EXPECT_EQ(cluster.found(1, key), (Found{std::nullopt, 0})) << "nobody has written it";
  EXPECT_EQ(cluster.written(1, Put{key, ""}), 1U);
  EXPECT_EQ(cluster.found(2, key), (Found{"", 1})) << "an empty value is a value";
  EXPECT_EQ(cluster.written(2, Append{key, binary}), 2U);
  EXPECT_EQ(cluster.written(1, Append{key, "b"}), 3U);
  EXPECT_EQ(cluster.found(1, key), (Found{binary + "b", 3}));
  EXPECT_EQ(cluster.written(1, Delete{key}), 4U);
  EXPECT_EQ(cluster.found(2, key), (Found{std::nullopt, 4})) << "a deletion is a write";
  EXPECT_EQ(cluster.written(2, Delete{key}), 5U) << "also that of nothing";
  EXPECT_EQ(cluster.written(2, Append{key, "c"}), 6U);
  EXPECT_EQ(cluster.found(1, key), (Found{"c", 6}));
}

GRADED_TEST(Shards, KeysHaveVersions, 1,
            "a key's version rises by one with each write, each write takes effect once, and a "
            "value is gone when it has expired (RB3)") {
  for (const std::size_t size : {1U, 2U, 5U}) {
    simulate({.options = limited}, [=](World& world) {
      const auto servers = servers_of_size(size);
      ShardCluster cluster(world, servers, dealt_to(servers, 7));
      for (const std::string& key : {std::string(), std::string("\0k", 2), std::string(300, 'k')}) {
        write_and_read(cluster, key);
      }
      cluster.written(1, Put{"large", std::string(200'000, 'x')});
      EXPECT_EQ(cluster.found(1, "large").value->size(), 200'000U);
    });
  }
  simulate({.options = limited}, ask_again_for_what_is_gone);
  simulate({.options = limited}, ask_with_large_numbers);
  simulate({.options = limited}, [](World& world) {
    ShardCluster cluster(world, {6}, dealt_to({6}, 3));
    const auto ask = [&](std::uint64_t client, std::uint64_t number, const Operation& operation) {
      return cluster.ask_until_done(6, {client, number}, operation);
    };
    EXPECT_EQ(ask(901, 1, Append{"once", "a"}), Result(Written{1}));
    EXPECT_EQ(ask(901, 1, Append{"once", "a"}), Result(Written{1})) << "it was asked before";
    EXPECT_EQ(ask(902, 1, Append{"once", "b"}), Result(Written{2})) << "of another client";
    EXPECT_EQ(ask(901, 2, Append{"once", "c"}), Result(Written{3})) << "of the next number";
    EXPECT_EQ(ask(902, 1, Append{"once", "b"}), Result(Written{2}))
        << "it was asked before the last one of another client";
    EXPECT_EQ(ask(903, 1, Get{"once"}), Result(Found{"abc", 3}));

    const Duration due = world.now() + 1s;
    ask(904, 1, Put{"due", "a", wall(due)});
    EXPECT_EQ(ask(904, 2, Append{"due", "b"}), Result(Written{2}));
    EXPECT_EQ(ask(903, 2, Get{"due"}), Result(Found{"ab", 2})) << "it has not expired";
    world.run_for(due - world.now());
    EXPECT_EQ(ask(903, 3, Get{"due"}), Result(Found{std::nullopt, 2}))
        << "it expires when that time has come, and its version stays";
    EXPECT_EQ(ask(904, 3, Append{"due", "c"}), Result(Written{3}));
    world.run_for(1h);
    EXPECT_EQ(ask(903, 4, Get{"due"}), Result(Found{"c", 3})) << "the new value does not expire";
    ask(904, 4, Put{"due", "d", wall(world.now() + 1h)});
    ask(904, 5, Put{"due", "e"});
    world.run_for(2h);
    EXPECT_EQ(ask(903, 5, Get{"due"}), Result(Found{"e", 5})) << "the last Put has no expiry";
    ask(904, 6, Put{"due", "f", wall(world.now() + 1h)});
    ask(904, 7, Delete{"due"});
    ask(904, 8, Append{"due", "g"});
    world.run_for(2h);
    EXPECT_EQ(ask(903, 6, Get{"due"}), Result(Found{"g", 8})) << "what expires was deleted before";

    constexpr std::uint64_t crowd = 100;
    for (int time = 0; time < 2; ++time) {
      for (std::uint64_t client = 1; client <= crowd; ++client) {
        EXPECT_EQ(ask(client, 1, Append{"crowd", "x"}), Result(Written{client}))
            << "the only request of client " << client;
      }
    }
  });
}

GRADED_TEST(Shards, AllOfAKeyMoves, 1,
            "versions, deletions and times of expiry are the same after a move, however long it "
            "takes (RB3)") {
  simulate({.options = limited}, move_many_keys);
  simulate({.options = limited, .runs = 2}, [](World& world) {
    const NodeId from = 21;
    const NodeId to = 4;
    ShardCluster cluster(world, {from, to}, dealt_to({from}, 2));
    const SlotMap& founding = cluster.founding();
    const auto key = [&](int number) { return key_in(founding, Slot{1}, number); };
    std::uint64_t asked = 0;
    const auto ask = [&](NodeId server, const Operation& operation) {
      return cluster.ask_until_done(server, {901, ++asked}, operation);
    };
    for (const char* value : {"a", "b", "c"}) ask(from, Put{key(0), value});
    ask(from, Put{key(1), "a"});
    ask(from, Delete{key(1)});
    ask(from, Put{key(2), "a", wall(world.now() + 8s)});
    ask(from, Put{key(3), "a", wall(world.now() + 1h)});
    ask(from, Put{key(4), "a", wall(world.now())});
    ask(from, Put{key(5), std::string("\0", 1)});
    // The move takes five seconds.
    world.crash(to);
    const SlotMap next = dealt_anew(founding, {to});
    cluster.announce(next);
    world.run_for(5s).restart(to);
    cluster.announce(next);
    cluster.wait_until_settled(next);

    EXPECT_EQ(ask(to, Get{key(0)}), Result(Found{"c", 3}));
    EXPECT_EQ(ask(to, Get{key(1)}), Result(Found{std::nullopt, 2})) << "it was deleted";
    EXPECT_EQ(ask(to, Put{key(1), "b"}), Result(Written{3})) << "versions go on";
    EXPECT_EQ(ask(to, Get{key(2)}), Result(Found{"a", 1})) << "it has not expired yet";
    EXPECT_EQ(ask(to, Get{key(3)}), Result(Found{"a", 1})) << "it has not expired yet";
    EXPECT_EQ(ask(to, Append{key(3), "b"}), Result(Written{2}));
    EXPECT_EQ(ask(to, Get{key(4)}), Result(Found{std::nullopt, 1})) << "it had expired";
    EXPECT_EQ(ask(to, Append{key(4), "b"}), Result(Written{2})) << "its version stays";
    EXPECT_EQ(ask(to, Get{key(4)}), Result(Found{"b", 2})) << "a value without expiry";
    EXPECT_EQ(ask(to, Get{key(5)}), Result(Found{std::string("\0", 1), 1}));
    world.run_for(4s);
    EXPECT_EQ(ask(to, Get{key(2)}), Result(Found{std::nullopt, 1})) << "it has expired by now";
    EXPECT_EQ(ask(to, Get{key(3)}), Result(Found{"ab", 2})) << "it has not expired yet";
    world.jump_clock(to, 1h);
    EXPECT_EQ(ask(to, Get{key(3)}), Result(Found{std::nullopt, 2}))
        << "it has expired by the wall clock of its server";
    EXPECT_EQ(ask(to, Get{key(0)}), Result(Found{"c", 3}));
  });
}

GRADED_TEST(Shards, AskedAgainElsewhere, 1,
            "a request that the old owner has done is asked of the new one, and takes effect once "
            "(RB3)") {
  simulate({.options = limited, .runs = 2}, [](World& world) {
    const auto servers = servers_of_size(3);
    ShardCluster cluster(world, servers, dealt_to({servers[0]}, 3));
    SlotMap map = cluster.founding();
    const std::string key = key_in(map, Slot{1});
    const std::string other = key_in(map, Slot{1}, 1);
    const std::string elsewhere = key_in(map, Slot{2});
    const auto ask = [&](std::uint64_t client, std::uint64_t number, const Operation& operation) {
      return cluster.ask_until_done(owner_of(map, Slot{1}), {client, number}, operation);
    };
    EXPECT_EQ(ask(901, 1, Put{other, "x"}), Result(Written{1}));
    EXPECT_EQ(ask(901, 2, Append{key, "a"}), Result(Written{1}));
    EXPECT_EQ(ask(902, 2, Append{key, "b"}), Result(Written{2}));
    EXPECT_EQ(ask(903, 7, Delete{other}), Result(Written{2}));
    EXPECT_EQ(cluster.ask_until_done(servers[0], {904, 9}, Append{elsewhere, "z"}),
              Result(Written{1}));
    // To each of the others, and back to where it was.
    for (const std::size_t to : {1U, 2U, 0U, 1U}) {
      map = changed(map, {{Slot{1}, servers[to]}});
      cluster.announce_and_settle(map);
      if (to != 0) world.crash(servers[to]).restart(servers[to]);
      EXPECT_EQ(ask(901, 2, Append{key, "a"}), Result(Written{1}))
          << "done at " << name(servers[0]);
      EXPECT_EQ(ask(902, 2, Append{key, "b"}), Result(Written{2}))
          << "done at " << name(servers[0]);
      EXPECT_EQ(ask(903, 7, Delete{other}), Result(Written{2})) << "done at " << name(servers[0]);
    }
    EXPECT_EQ(ask(905, 1, Get{key}), Result(Found{"ab", 2}));
    EXPECT_EQ(ask(904, 10, Append{key, "c"}), Result(Written{3})) << "this one is new";
    EXPECT_EQ(ask(901, 3, Append{key, "d"}), Result(Written{4})) << "this one is new";
    EXPECT_EQ(ask(905, 2, Get{key}), Result(Found{"abcd", 4}));
  });
  // The old owner crashes with its answer, and the slot moves while the client asks again.
  simulate({.options = limited}, [](World& world) {
    ShardCluster cluster(world, {21, 4}, dealt_to({21}, 1));
    SlotMap map = cluster.founding();
    for (int round = 0; round < 40; ++round) {
      const std::string key = key_in(map, Slot{0}, round);
      const NodeId owner = owner_of(map, Slot{0});
      world.crash_after_effects(owner, static_cast<std::size_t>(round % 4));
      const std::size_t call = cluster.call(1, Append{key, "a"});
      world.crash(owner).restart(owner);
      map = dealt_anew(map, {owner == NodeId(21) ? 4U : 21U});
      cluster.announce(map);
      cluster.wait_until_done(call);
      EXPECT_EQ(cluster.found(2, key), (Found{"a", 1}));
      cluster.wait_until_settled(map);
    }
    for (int move = 0; move < 260; ++move) {
      map = dealt_anew(map, {owner_of(map, Slot{0}) == NodeId(21) ? 4U : 21U});
      cluster.announce_and_settle(map);
    }
    EXPECT_EQ(cluster.found(2, key_in(map, Slot{0}, 0)), (Found{"a", 1}));
  });
}

}  // namespace
}  // namespace octet::shards::trial
