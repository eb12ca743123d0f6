#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_cluster.h"

/// What a context has seen: what its reader was shown, and nothing else (DQ2 to DQ4).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Of five nodes, three have copies, and the other two coordinate.
struct Parties {
  explicit Parties(const StoreCluster& store)
      : copies(store.owners("k")), writer(store.others("k")[0]), reader(store.others("k")[1]) {}
  std::vector<NodeId> copies;
  NodeId writer;
  NodeId reader;
};

void only(World& world, const std::vector<NodeId>& group) {
  world.heal().partition({group});
}

bool has(const Values& values, const std::string& value) {
  return std::ranges::find(values, value) != values.end();
}

void expect_value(const Values& values, const std::string& value, const char* why) {
  if (!has(values, value)) grading::fail(fmt::format("\"{}\" is lost: {}", value, why));
}

/// "a" is in the first copy alone and "b" in the second alone, both by one node. Who reads the
/// second copy writes "c". Then the first and the second copy are read, and all is replaced.
void write_past(World& world, bool restarts) {
  StoreCluster store(world, {.nodes = 5, .members = 3, .config = with_quorums(2, 1)});
  const Parties who(store);
  only(world, {who.writer, who.copies[0]});
  store.stored(store.put(who.writer, "k", "a"));
  if (restarts) world.crash(who.writer).restart(who.writer);
  only(world, {who.writer, who.copies[1]});
  store.stored(store.put(who.writer, "k", "b"));
  only(world, {who.reader, who.copies[1], who.copies[2]});
  const Got seen = store.got(store.get(who.reader, "k"));
  expect_value(seen.values, "b", "a copy that was asked has it (DQ1)");
  store.stored(store.put(who.reader, "k", "c", seen.context));
  world.run_for(50ms);
  only(world, {who.reader, who.copies[0], who.copies[1]});
  const Got all = store.got(store.get(who.reader, "k"));
  expect_value(all.values, "c", "it is in the second copy (DQ1)");
  if (!has(seen.values, "a")) {
    expect_value(all.values, "a", "who wrote \"c\" had not been shown it (DQ2)");
  }
  only(world, {who.writer, who.copies[0]});
  store.stored(store.put(who.writer, "k", "d", all.context));
  only(world, {who.reader, who.copies[0], who.copies[1]});
  EXPECT_EQ(store.got(store.get(who.reader, "k")).values, Values{"d"}) << "all was seen (DQ4)";
}

GRADED_TEST(Siblings, WhatNobodyWasShown, 1,
            "a context covers what its reader was shown and nothing else, not even values that "
            "the same node has written before and that reached other copies (DQ2, DQ3)") {
  simulate({.runs = 2}, [](World& world) { write_past(world, false); });
  simulate({.runs = 2}, [](World& world) { write_past(world, true); });
}

/// The clock on the wall shows the same when a node makes a version in either of its lives.
void write_at_the_same_time(World& world) {
  StoreCluster store(world, {.nodes = 1, .copies = 1, .config = with_quorums(1, 1)});
  const NodeId node = store.nodes().front();
  const Duration begin = world.now();
  store.stored(store.put(node, "k", "a"));
  world.crash(node).jump_clock(node, begin - world.now());
  world.restart(node);
  store.stored(store.put(node, "k", "b"));
  EXPECT_EQ(store.got(store.get(node, "k")).values, (Values{"a", "b"}));
}

/// A node writes a key twice, and as many others in between as one could wish to forget.
void write_many_keys_between(World& world) {
  StoreCluster store(world, {.nodes = 1, .copies = 1, .config = with_quorums(1, 1)});
  const NodeId node = store.nodes().front();
  store.stored(store.put(node, "k", "a"));
  for (int i = 0; i < 1500; ++i) store.put(node, fmt::format("key {}", i), "");
  store.wait_for_all();
  store.stored(store.put(node, "k", "b"));
  EXPECT_EQ(store.got(store.get(node, "k")).values, (Values{"a", "b"}));
}

GRADED_TEST(Siblings, ANodeThatStartsAgain, 1,
            "the versions that a node makes after a crash are others than those before it, also "
            "when it crashed in the middle of a write, when the clock on its wall shows the same, "
            "and when it has written many keys meanwhile (DQ3)") {
  simulate({}, write_at_the_same_time);
  grading::simulate_untraced({.max_events = 1'000'000}, write_many_keys_between);

  for (const std::size_t nodes : {1U, 5U}) {
    simulate({}, [=](World& world) {
      StoreCluster store(
          world, nodes == 1 ? Setup{.nodes = 1, .copies = 1, .config = with_quorums(1, 1)}
                            : Setup{.nodes = 5, .members = 3, .config = with_quorums(2, 2)});
      Values written;
      for (const NodeId node : {store.nodes().back(), store.nodes().front()}) {
        for (int life = 0; life < 3; ++life) {
          // Some copies get this one.
          world.crash_after_effects(node, 2 + static_cast<std::size_t>(life));
          store.put(node, "k", fmt::format("half {}", store.requests()));
          world.run_for(20ms).restart(node);
          written.push_back(fmt::format("value {}", written.size()));
          store.stored(store.put(node, "k", written.back()));
          world.crash(node).restart(node);
        }
      }
      const Got all = store.got(store.get(store.nodes().front(), "k"));
      for (const std::string& value : written) {
        expect_value(all.values, value, "and nobody had seen it (DQ3)");
      }
      for (const NodeId node : store.nodes()) world.crash(node);
      for (const NodeId node : store.nodes()) world.restart(node);
      store.stored(store.put(store.nodes().back(), "k", "new"));
      store.stored(store.put(store.nodes().back(), "k", "merged", all.context));
      Values left = store.got(store.get(store.nodes().front(), "k")).values;
      std::erase_if(left, [](const std::string& value) { return value.starts_with("half"); });
      EXPECT_EQ(left, (Values{"merged", "new"}));
    });
  }
}

GRADED_TEST(Siblings, Deletions, 1,
            "a deletion takes the place of what its context has seen, and is itself a thing that "
            "has been seen: what it took away does not come back (DQ2, DQ3)") {
  simulate({}, [](World& world) {
    StoreCluster store(world, {.nodes = 5, .members = 3});
    for (const NodeId node : store.nodes()) {
      const std::string key = fmt::format("key of {}", node.value);
      store.stored(store.del(node, key));
      store.stored(store.put(node, key, "a"));
      const Got one = store.got(store.get(node, key));
      EXPECT_EQ(one.values, Values{"a"}) << "the deletion had seen nothing";
      store.stored(store.put(store.nodes().front(), key, "b"));
      store.stored(store.del(node, key));
      EXPECT_EQ(store.got(store.get(node, key)).values, (Values{"a", "b"})) << "with no context";
      store.stored(store.del(node, key, one.context));
      const Got other = store.got(store.get(node, key));
      EXPECT_EQ(other.values, Values{"b"});
      store.stored(store.del(store.nodes().back(), key, other.context));
      EXPECT_EQ(store.got(store.get(node, key)).values, Values());
    }
  });
  simulate({}, [](World& world) {
    StoreCluster store(world, {.nodes = 5, .members = 3});
    const Parties who(store);
    store.stored(store.put(who.writer, "k", "a"));
    world.run_for(50ms);
    const Got shown = store.got(store.get(who.writer, "k"));
    only(world, {who.writer, who.copies[0], who.copies[1]});
    store.stored(store.del(who.writer, "k", shown.context));
    const Got nothing = store.got(store.get(who.writer, "k"));
    EXPECT_EQ(nothing.values, Values());
    // The third copy still has "a".
    only(world, {who.reader, who.copies[1], who.copies[2]});
    EXPECT_EQ(store.got(store.get(who.reader, "k")).values, Values());
    store.stored(store.put(who.reader, "k", "b", nothing.context));
    for (const std::size_t one : {0U, 1U}) {
      only(world, {who.reader, who.copies[one], who.copies[2]});
      EXPECT_EQ(store.got(store.get(who.reader, "k")).values, Values{"b"});
    }
  });
  simulate({}, [](World& world) {  // the first copy alone hears of the deletion
    StoreCluster store(world, {.nodes = 5, .members = 3});
    const Parties who(store);
    store.stored(store.put(who.writer, "k", "a"));
    world.run_for(50ms);
    const Got shown = store.got(store.get(who.writer, "k"));
    only(world, {who.writer, who.copies[0]});
    store.expect_in_vain(store.del(who.writer, "k", shown.context));
    only(world, {who.reader, who.copies[0], who.copies[1]});
    const Got seen = store.got(store.get(who.reader, "k"));
    EXPECT_TRUE(seen.values.empty() || seen.values == Values{"a"}) << "it may have failed";
    only(world, {who.writer, who.copies[1], who.copies[2]});
    store.stored(store.put(who.copies[1], "k", "b", seen.context));
    EXPECT_EQ(store.got(store.get(who.copies[2], "k")).values, Values{"b"});
  });
}

}  // namespace
}  // namespace octet::store
