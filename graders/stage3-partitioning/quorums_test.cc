#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/store_cluster.h"

/// How many copies a read and a write need, and what they give (DQ1).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

GRADED_TEST(Quorums, WhatIsWrittenIsRead, 1,
            "what one node has stored another one reads, for any key and value, also when many "
            "requests are under way together (DQ1)") {
  for (const std::size_t nodes : {1U, 2U, 3U, 5U, 7U}) {
    simulate({}, [=](World& world) {
      const std::uint32_t copies = nodes < 3 ? 1 : 3;
      const std::size_t quorum = nodes < 3 ? 1 : 2;
      StoreCluster store(world, {.nodes = nodes,
                                 .partitions = 4,
                                 .copies = copies,
                                 .config = with_quorums(quorum, quorum)});
      const Values keys = {"", "x", std::string("\0\xff\n", 3), std::string(2000, 'k')};
      const Values ends = {"", "'s value", std::string("\0\0", 2), "\xff"};
      std::vector<std::size_t> puts = {
          store.put(store.nodes().back(), "large", std::string(5000, 'v'))};
      for (const std::string& key : keys) {
        EXPECT_EQ(store.got(store.get(store.nodes().back(), key)).values, Values());
        for (const std::string& end : ends) {
          puts.push_back(store.put(store.nodes()[puts.size() % nodes], key, key + end));
        }
      }
      for (const std::size_t put : puts) store.stored(put);
      std::vector<std::size_t> gets;
      for (const std::string& key : keys) gets.push_back(store.get(store.nodes().back(), key));
      for (const std::size_t get : gets) EXPECT_EQ(store.got(get).values.size(), ends.size());
      world.run_for(2 * store.settled());  // nothing ends twice
    });
  }
  grading::simulate_untraced({}, [](World& world) {
    StoreCluster store(world, {.nodes = 1, .copies = 1, .config = with_quorums(1, 1)});
    const NodeId node = store.nodes().front();
    for (int i = 0; i < 300; ++i) {
      const Got got = store.got(store.get(node, "k"));
      store.stored(store.put(node, "k", fmt::format("{}", i), got.context));
    }
    EXPECT_EQ(store.got(store.get(node, "k")).values, Values{"299"});
  });
}

struct Case {
  std::uint32_t copies;
  std::size_t reads;
  std::size_t writes;
};

/// A put and a get at a node that reaches so many copies, and all nodes that have none. It has one
/// itself, or none.
void ask_with(World& world, StoreCluster& store, bool has_one, std::size_t copies) {
  const std::string key = fmt::format("{} copies, {}", copies, has_one);
  const NodeId node = has_one ? store.owners(key).front() : store.others(key).front();
  std::vector<NodeId> reached = store.others(key);
  for (const NodeId owner : store.owners(key)) {
    if (reached.size() < store.others(key).size() + copies) reached.push_back(owner);
  }
  grading::tell(fmt::format("node {} reaches {} copies", node.value, copies));
  world.partition({reached});
  const std::size_t put = store.put(node, key, "a");
  const std::size_t get = store.get(node, key);
  if (copies >= store.config().writes) store.stored(put);
  if (copies < store.config().writes) store.expect_in_vain(put);
  if (copies >= store.config().reads) store.got(get);
  if (copies < store.config().reads) store.expect_in_vain(get);
  world.heal();
  store.got(store.get(node, key));
}

/// "a" is in all copies and "b", which took its place, in all but the last; so with "c" beside it.
void read_late_and_early(World& world, bool stale_is_last) {
  StoreCluster store(world, {.nodes = 5, .members = 3});
  const std::vector<NodeId> owners = store.owners("k");
  const NodeId node = store.others("k").front();
  store.stored(store.put(node, "k", "a"));
  world.run_for(50ms);
  const Got old = store.got(store.get(node, "k"));
  world.partition({{node, owners[0], owners[1]}});
  store.stored(store.put(node, "k", "b", old.context));
  store.stored(store.put(node, "k", "c", old.context));
  world.run_for(50ms).heal().partition({{node, owners[1], owners[2]}});
  const NodeId late = stale_is_last ? owners[2] : owners[1];
  world.delay([late](const sim::Envelope& message) { return message.from == late; }, 30ms);
  EXPECT_EQ(store.got(store.get(node, "k")).values, (Values{"b", "c"}));
}

GRADED_TEST(
    Quorums, AsManyCopiesAsAsked, 1,
    "a strict write is stored when W copies have it, a read gives what R copies know, all of it; "
    "with one copy fewer it is an error, whoever else could hold it (DQ1, CL4)") {
  for (const Case& asks : {Case{3, 1, 1}, Case{3, 1, 3}, Case{3, 3, 1}, Case{3, 2, 2},
                           Case{3, 3, 3}, Case{5, 3, 3}, Case{5, 2, 4}}) {
    simulate({}, [&](World& world) {
      StoreCluster store(world, {.nodes = asks.copies + 2U,
                                 .partitions = asks.copies + 2U,
                                 .copies = asks.copies,
                                 .config = with_quorums(asks.reads, asks.writes)});
      for (std::size_t copies = 0; copies <= asks.copies; ++copies) {
        ask_with(world, store, false, copies);
        if (copies > 0) ask_with(world, store, true, copies);
      }
    });
  }
  for (const bool stale_is_last : {true, false}) {
    simulate({}, [=](World& world) { read_late_and_early(world, stale_is_last); });
  }
}

}  // namespace
}  // namespace octet::store
