#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/links.h"
#include "graders/stage3-partitioning/strong_history.h"

/// Strong writes at the same time (CL1).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

using Requests = std::vector<std::size_t>;

/// Keys of one partition that are used at once, since which version is the later one may be chance.
std::vector<std::string> many_keys() {
  std::vector<std::string> keys;
  for (int i = 0; i < 15; ++i) keys.push_back(fmt::format("{}", i));
  return keys;
}

/// Three have copies, and four do not.
struct Nodes {
  NodeId a, b, c;
  NodeId first, second, third, reader;
};

Nodes nodes_of(const StoreCluster& store) {
  const std::vector<NodeId> owners = store.owners("0");
  const std::vector<NodeId> others = store.others("0");
  return {owners.at(0), owners.at(1), owners.at(2), others.at(0),
          others.at(1), others.at(2), others.at(3)};
}

/// Values that sort differently from key to key.
std::string value(const std::string& key, std::size_t writer) {
  constexpr std::string_view orders[] = {"123", "132", "213", "231", "312", "321"};
  return fmt::format("{} by {}", orders[std::stoul(key) % 6][writer], writer);
}

Requests write_all(StoreCluster& store, NodeId node, std::size_t writer) {
  Requests requests;
  for (const std::string& key : many_keys()) {
    requests.push_back(store.put(node, key, value(key, writer), {}, Level::strong));
  }
  return requests;
}

Requests read_all(StoreCluster& store, NodeId node) {
  Requests requests;
  for (const std::string& key : many_keys()) {
    requests.push_back(store.get(node, key, Level::strong));
  }
  return requests;
}

void wait_for_all(StoreCluster& store, const Requests& requests) {
  for (const std::size_t request : requests) store.wait(request);
}

void mend(World& world, NodeId one, NodeId other) {
  world.heal_one_way(one, other).heal_one_way(other, one);
}

/// The first write gets to `a` alone and the second to `c` alone. The third has read `a`, and gets
/// on when the first two have been read: so it is later than the first, and beside the second.
void three_writers(World& world) {
  Config config = with_quorums(1, 1);
  config.patience = 4s;
  config.repair = 1h;
  StoreCluster store(world, {.nodes = 7, .config = config});
  const StrongHistory history(world, store);
  const auto [a, b, c, first, second, third, reader] = nodes_of(store);
  const std::size_t many = many_keys().size();
  for (const char* before : {"1", "2", "3"}) {
    Requests requests;
    for (const std::string& key : many_keys()) {
      requests.push_back(store.put(first, key, before, {}, Level::strong));
    }
    wait_for_all(store, requests);
  }
  cut(world, {a}, {b, c});
  cut(world, {b}, {c});
  let_pass(world, first, {b, c}, many);
  write_all(store, first, 0);
  world.run_for(50ms);
  cut(world, {second}, {a});
  let_pass(world, second, {b}, many);
  write_all(store, second, 1);
  world.run_for(50ms);
  cut(world, {third}, {c});
  let_pass(world, third, {a, b}, many);
  const Requests last = write_all(store, third, 2);
  world.run_for(50ms);
  cut(world, {reader}, {a});
  wait_for_all(store, read_all(store, reader));
  mend(world, reader, a);
  cut(world, {reader}, {c});
  wait_for_all(store, read_all(store, reader));
  world.heal();
  wait_for_all(store, last);
  for (const std::size_t read : read_all(store, reader)) store.got(read);
}

/// Nodes write in turn, and two at the same time, and one twice at the same time. What their clocks
/// show does not matter.
void writers_in_turn(World& world) {
  StoreCluster store(world, {.nodes = 4, .config = with_quorums(1, 1)});
  const StrongHistory history(world, store);
  world.jump_clock(store.nodes().front(), 1h).jump_clock(store.nodes().back(), -1h);
  int values = 0;
  const auto put = [&](NodeId node) {
    return store.put(node, "x", fmt::format("{}", ++values), {}, Level::strong);
  };
  for (const NodeId node : store.nodes()) {
    for (const NodeId other : store.nodes()) {
      for (int i = 0; i < 3; ++i) store.stored(put(node));
      store.got(store.get(node, "x", Level::strong));
      store.stored(put(other));
      EXPECT_EQ(store.got(store.get(node, "x", Level::strong)).values,
                Values{fmt::format("{}", values)});
      wait_for_all(store, {put(node), put(other), store.get(node, "x", Level::strong)});
      store.got(store.get(node, "x", Level::strong));
      for (int i = 0; i < 3; ++i) store.stored(put(node));
      store.stored(store.del(other, "x", {}, Level::strong));
      EXPECT_EQ(store.got(store.get(node, "x", Level::strong)).values, Values());
    }
  }
}

/// Weaker requests see what a strong write has replaced, and go on from what a strong read has
/// shown.
void levels_in_turn(World& world) {
  StoreCluster store(world, {.nodes = 4});
  const NodeId first = store.nodes().front();
  const NodeId last = store.nodes().back();
  for (const NodeId node : store.nodes()) {
    const std::string key = fmt::format("key of {}", node.value);
    store.stored(store.put(first, key, "a"));
    store.stored(store.put(last, key, "b"));
    for (const char* value : {"c", "", "d"}) {
      store.stored(store.put(node, key, value, {}, Level::strong));
      EXPECT_EQ(store.got(store.get(last, key)).values, Values{value}) << "the strong write alone";
      EXPECT_EQ(store.got(store.get(last, key, Level::strong)).values, Values{value});
    }
    const Got got = store.got(store.get(node, key, Level::strong));
    store.stored(store.put(first, key, "e", got.context));
    EXPECT_EQ(store.got(store.get(last, key)).values, Values{"e"})
        << "written with the context of a strong read";
  }
}

GRADED_TEST(Strong, WritersMeet, 1,
            "what several nodes write, one after the other or at the same time, is read in one "
            "order, and a strong write takes the place of all that there was (CL1, DQ4)") {
  simulate({}, writers_in_turn);
  simulate({}, levels_in_turn);
  simulate({.runs = 4}, three_writers);
}

}  // namespace
}  // namespace octet::store
