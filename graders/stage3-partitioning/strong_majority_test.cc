#include <fmt/format.h>

#include <utility>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/strong_history.h"

/// Levels that cannot be met (CL4).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// It may have to wait until some lease is over.
void write_with_a_majority(StoreCluster& store, NodeId node) {
  for (int attempt = 0; attempt < 20; ++attempt) {
    const std::size_t write =
        store.put(node, "x", fmt::format("newer, {}", attempt), {}, Level::strong);
    if (std::holds_alternative<Stored>(store.wait(write))) return;
  }
  grading::fail("a majority of copies can talk, and no strong write is stored (CL4)");
}

void expect_no_success(StoreCluster& store, NodeId node) {
  const Output read = store.wait(store.get(node, "x", Level::strong));
  EXPECT_TRUE(std::holds_alternative<Failed>(read))
      << "a strong read at node " << node.value << " gives something, but most copies are away";
  for (const std::size_t write : {store.put(node, "x", "by a few", {}, Level::strong),
                                  store.del(node, "x", {}, Level::strong)}) {
    EXPECT_FALSE(std::holds_alternative<Stored>(store.wait(write)))
        << "a strong write at node " << node.value << " is stored, but most copies are away";
  }
}

/// Weaker levels need less, so they go on. What a read shows may be older: a stand-in may answer
/// it.
void expect_weaker_levels(StoreCluster& store, NodeId node) {
  for (const Level level : {Level::eventual, Level::causal}) {
    const std::string key = level == Level::eventual ? "eventual" : "causal";
    const std::string context = store.got(store.get(node, key, level)).context;
    store.stored(store.put(node, key, key, context, level));
    const Values values = store.got(store.get(node, key, level)).values;
    EXPECT_TRUE(values.empty() || values == Values{key});
  }
}

/// Quorums are as weak as can be. Less than half of the copies, and one other node, are by
/// themselves.
void a_few_are_cut_off(World& world, std::size_t nodes, std::uint32_t copies) {
  StoreCluster store(world, {.nodes = nodes,
                             .partitions = static_cast<std::uint32_t>(nodes),
                             .copies = copies,
                             .config = with_quorums(1, 1, true)});
  const StrongHistory history(world, store);
  const NodeId outside = store.others("x").front();
  const NodeId other_side = store.others("x").back();
  store.stored(store.put(outside, "x", "old", {}, Level::strong));
  std::vector<NodeId> few = store.owners("x");
  few.resize((copies - 1) / 2);
  const NodeId owner = few.front();
  few.push_back(outside);
  world.cut_off(few);
  write_with_a_majority(store, other_side);
  for (const NodeId node : few) {
    expect_no_success(store, node);
    expect_weaker_levels(store, node);
  }
  for (const std::string& value : store.got(store.get(owner, "x")).values) {
    EXPECT_TRUE(value == "old" || value == "by a few") << "nobody here has written " << value;
  }
  world.heal().run_for(store.settled());
  write_with_a_majority(store, owner);
  store.got(store.get(outside, "x", Level::strong));
}

/// Two copies of four are on each side, and neither knows what the other one does.
void two_halves(World& world) {
  StoreCluster store(
      world, {.nodes = 7, .partitions = 7, .copies = 4, .config = with_quorums(1, 1, true)});
  const StrongHistory history(world, store);
  const std::vector<NodeId> sides = {store.owners("x").front(), store.owners("x").back()};
  store.stored(store.put(sides.front(), "x", "old", {}, Level::strong));
  world.cut_off({store.owners("x").at(0), store.owners("x").at(1), store.others("x").front()});
  for (const NodeId node : sides) {
    store.wait(store.put(node, "x", fmt::format("by node {}", node.value), {}, Level::strong));
  }
  for (const NodeId node : sides) store.wait(store.get(node, "x", Level::strong));
  world.heal();
  for (const NodeId node : sides) store.got(store.get(node, "x", Level::strong));
}

/// Weaker levels need all three copies, and of these two can be reached.
void a_majority_is_enough(World& world) {
  StoreCluster store(world, {.nodes = 5, .config = with_quorums(3, 3)});
  const StrongHistory history(world, store);
  const NodeId node = store.others("x").front();
  world.isolate(store.owners("x").back());
  write_with_a_majority(store, node);
  store.got(store.get(node, "x", Level::strong));
}

GRADED_TEST(Strong, AMajorityOrNothing, 1,
            "when no majority of the owners answers, a strong request ends without success, "
            "whatever the quorums are, and weaker levels go on (CL4)") {
  for (const auto& [nodes, copies] : {std::pair{5U, 3U}, std::pair{7U, 5U}, std::pair{7U, 4U}}) {
    simulate({}, [=](World& world) { a_few_are_cut_off(world, nodes, copies); });
  }
  simulate({}, two_halves);
  simulate({}, a_majority_is_enough);
}

}  // namespace
}  // namespace octet::store
