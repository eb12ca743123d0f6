#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/repairs.h"

/// What comparing copies costs.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::fail;
using sim::World;

constexpr std::size_t many = 1000;
constexpr std::uint64_t whole = many * 108;  // bytes of keys and values

std::string key_of(std::size_t number) {
  return fmt::format("key {:04}", number);
}

void fill(World& world, StoreCluster& store) {
  std::vector<std::size_t> puts;
  for (std::size_t i = 0; i < many; ++i) {
    puts.push_back(store.put(store.nodes()[i % 3], key_of(i),
                             std::string(100, static_cast<char>('a' + i % 26))));
  }
  for (const std::size_t put : puts) store.stored(put);
  world.run_for(store.repaired());
  wait_until_equal(world, store);
}

/// What the nodes send each other in the time that a repair may take.
Traffic traffic_of_a_repair(World& world, const StoreCluster& store) {
  world.heal();
  const std::shared_ptr<Traffic> traffic = measure(world);
  world.run_for(store.repaired());
  wait_until_equal(world, store);
  return *traffic;
}

void expect_at_most(std::uint64_t bytes, std::uint64_t most, const std::string& when) {
  if (bytes <= most) return;
  fail(fmt::format("{}, the nodes send each other {} bytes, and {} should be enough (AE5)", when,
                   bytes, most));
}

/// A tree of digests need not be one of ours, so the bounds are far above what ours takes: with
/// nothing to do some 50 messages of 40 bytes, for one key 2000 bytes, and for all of them four
/// times their own bytes.
void compare_many_keys(World& world) {
  StoreCluster store(world, {.nodes = 4});
  fill(world, store);
  const auto intervals = static_cast<std::uint64_t>(store.repaired() / store.config().repair);

  const std::vector<NodeId>& nodes = store.nodes();

  const Traffic idle = traffic_of_a_repair(world, store);
  expect_at_most(idle.bytes, intervals * whole / 10, "while copies are equal");
  EXPECT_LE(idle.messages, intervals * 60) << "in " << intervals << " intervals (AE5)";
  EXPECT_GT(idle.messages, 0U) << "copies are compared by messages";

  const NodeId last = nodes[2];
  world.isolate(last);
  replace(store, nodes[0], key_of(7), "another value");
  world.run_for(store.settled());
  const Traffic one = traffic_of_a_repair(world, store);
  expect_at_most(one.bytes, 2 * idle.bytes + whole / 10, "when one of 1000 keys differs");

  world.crash(last).restart_with_empty_disk(last);
  const Traffic all = traffic_of_a_repair(world, store);
  expect_at_most(all.bytes, 2 * idle.bytes + 15 * whole, "when one copy has lost all keys");
  EXPECT_EQ(held(store, last, key_of(7)), Values{"another value"});

  SlotMap map = store.map();
  map.epoch = Epoch{2};
  map.owners[1] = nodes[3];
  for (const NodeId node : nodes) world.input(node, Input(NewMap{map}));
  world.crash(nodes[0]).restart(nodes[0]).run_for(store.repaired());
  const Traffic later = traffic_of_a_repair(world, store);
  EXPECT_EQ(held(store, nodes[3], key_of(7)), Values{"another value"}) << "the copy has moved";
  expect_at_most(later.bytes, intervals * whole / 10,
                 "when one copy has moved, another one's node was restarted, and all are equal");
}

GRADED_TEST(
    AntiEntropy, CostsWhatDiffers, 1,
    "copies of 1000 keys that are equal cost next to nothing, one key that differs about as "
    "much as that key, and a copy that is empty what it lacks (§4.7, AE5)") {
  grading::simulate_untraced({.max_events = 1'000'000}, compare_many_keys);
}

}  // namespace
}  // namespace octet::store
