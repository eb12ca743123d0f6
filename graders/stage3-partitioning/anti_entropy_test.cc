#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/repairs.h"

/// Copies that differ, each time in one way alone, so that nothing else gives it away.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// A key gets a value, or is deleted, in the place of what the node had.
struct Change {
  std::string key;
  std::optional<std::string> value;
};
using Changes = std::vector<Change>;

struct Difference {
  std::string what;
  Changes before;  // every copy has these
  Changes here;    // then one copy alone has these
  Changes there;   // and all others these
};

std::vector<Difference> differences() {
  const std::string binary("\xff\0\n", 3);
  const std::string alike_once(200, 'a');
  return {
      {"a key that one has", {{"y", "1"}}, {{"x", "1"}}, {}},
      {"a key that one lacks", {{"y", "1"}}, {}, {{"x", "1"}}},
      {"different keys", {}, {{"x", "1"}}, {{"y", "1"}}},
      {"the key of length 0", {{"y", "1"}}, {}, {{"", "1"}}},
      {"the value of length 0", {}, {}, {{"x", ""}}},
      {"a binary key", {}, {}, {{binary, binary}}},
      {"a value", {{"x", "1"}, {"y", "1"}}, {{"x", "2"}}, {}},
      {"the end of a long value", {{"x", alike_once + "a"}}, {}, {{"x", alike_once + "b"}}},
      {"a sibling", {{"x", "1"}}, {{"x", "2"}}, {{"x", "3"}}},
      {"a deletion that one lacks", {{"x", "1"}}, {}, {{"x", std::nullopt}}},
      {"a deletion that one has", {{"x", "1"}}, {{"x", std::nullopt}}, {}},
      {"a deletion, and a value at the same time",
       {{"x", "1"}},
       {{"x", std::nullopt}},
       {{"x", "2"}}},
      {"a version with the same value", {{"x", "1"}}, {}, {{"x", "1"}}},
      {"two keys with the same value, lacking", {}, {}, {{"x", "1"}, {"y", "1"}}},
      {"two keys that change alike", {{"x", "1"}, {"y", "1"}}, {}, {{"x", "2"}, {"y", "2"}}},
      {"two keys that change places", {{"x", "1"}, {"y", "2"}}, {}, {{"x", "2"}, {"y", "1"}}},
      {"a key that ends where its value begins", {}, {{"ab", "c"}}, {{"a", "bc"}}},
  };
}

void make(StoreCluster& store, NodeId node, const Changes& changes) {
  for (const Change& change : changes) replace(store, node, change.key, change.value);
}

/// A value that is written with what one copy alone knows takes the place of everything: so it has
/// learnt all versions, also those whose values it had.
void expect_that_it_knows_all(World& world, StoreCluster& store, NodeId here, NodeId there,
                              const Difference& difference) {
  std::map<std::string, std::string> contexts;
  for (const Changes& changes : {difference.here, difference.there}) {
    for (const Change& change : changes) contexts[change.key];
  }
  world.isolate(here);
  for (auto& [key, context] : contexts) context = store.got(store.get(here, key)).context;
  world.heal();
  for (const auto& [key, context] : contexts) {
    store.stored(store.put(there, key, "in the end", context));
    wait_until_held(world, store, there, key, {"in the end"}, store.repaired(),
                    fmt::format("{} had been equal to it, so it had seen every version of that key "
                                "(AE3: {})",
                                name(here), difference.what));
  }
}

/// More than one would like to have in a message.
void exchange_a_large_value(World& world) {
  StoreCluster store(world, {.nodes = 3, .config = with_quorums(1, 1)});
  const auto owners = store.owners("x");
  world.isolate(owners.back());
  for (const std::string key : {"x", "y", "z"}) {
    replace(store, owners.front(), key, std::string(key == "y" ? 1'500'000 : 1, 'v'));
  }
  world.run_for(store.settled()).heal();
  wait_until_equal(world, store);
  EXPECT_EQ(held(store, owners.back(), "y").size(), 1U);
  EXPECT_EQ(held(store, owners.back(), "z"), Values{"v"});
}

/// Nothing is asked and nothing differs.
void compare_often(World& world) {
  constexpr int intervals = 100;
  Config config;
  config.repair = 100ms;
  StoreCluster store(world, {.nodes = 2, .copies = 2, .config = config});
  store.stored(store.put(store.nodes().front(), "x", "1"));
  wait_until_equal(world, store);
  const auto traffic = measure(world);
  world.run_for(intervals * config.repair);
  EXPECT_GE(traffic->messages, std::uint64_t{intervals} / 2)
      << "messages in " << intervals << " intervals: copies are compared in each of them (§4.7)";
}

GRADED_TEST(AntiEntropy, FindsEveryDifference, 1,
            "copies that differ in one key, value, version or deletion become equal without being "
            "read, also when a value is large (§4.7, AE3, AE4)") {
  for (const std::uint32_t copies : {2U, 3U}) {
    for (const Difference& difference : differences()) {
      simulate({}, [&](World& world) {
        Config config;
        config.reads = config.writes = 1;
        StoreCluster store(world, {.nodes = copies + 1, .copies = copies, .config = config});
        const NodeId here = store.owners("x").back();
        const NodeId there = store.owners("x").front();
        make(store, there, difference.before);
        wait_until_equal(world, store);
        world.isolate(here);
        make(store, here, difference.here);
        make(store, there, difference.there);
        world.run_for(store.settled()).heal();
        grading::tell("what differs is " + difference.what);
        world.run_for(store.repaired());  // also when it cannot be seen
        wait_until_equal(world, store);
        expect_that_it_knows_all(world, store, here, there, difference);
      });
    }
  }
  simulate({}, compare_often);
  grading::simulate_untraced({}, exchange_a_large_value);
}

}  // namespace
}  // namespace octet::store
