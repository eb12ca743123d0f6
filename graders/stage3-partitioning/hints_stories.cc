#include "graders/stage3-partitioning/hints_stories.h"

#include <algorithm>

#include "graders/dsl/graded_test.h"

namespace octet::store {

using sim::World;

Setup write_all(std::uint32_t copies, std::uint32_t nodes) {
  Setup setup{.nodes = nodes, .partitions = nodes, .copies = copies};
  setup.config.reads = 1;
  setup.config.writes = copies;
  setup.config.sloppy = true;
  return setup;
}

void come_back(World& world, const OnePartition& partition) {
  std::vector<NodeId> others = partition.owners;
  others.pop_back();
  world.heal();
  cut(world, {partition.owners.back()}, others);
}

void give_all_away(World& world, const StoreCluster& store) {
  world.heal();
  wait_until_given_away(world, store);
}

void fill_the_log(World& world, bool with_hints) {
  constexpr int writes = 150;
  StoreCluster store(world, write_all(3, 4));
  const OnePartition partition(store);
  const NodeId away = partition.owners.back();
  const NodeId stand_in = partition.others.front();
  std::string own = "own";
  while (std::ranges::count(store.owners(own), away) > 0) own += '+';
  const auto write_much = [&](NodeId node, const std::string& key) {
    for (int i = 0; i < writes; ++i) replace(store, node, key, std::to_string(i));
  };
  replace(store, stand_in, own, "first");
  world.isolate(away);
  store.stored(store.put(partition.owners[0], "", "once"));
  if (with_hints) write_much(partition.owners[0], partition.key("again"));
  if (!with_hints) write_much(stand_in, own);
  const std::string last = with_hints ? "first" : std::to_string(writes - 1);
  world.run_for(store.settled()).crash(stand_in).restart(stand_in);
  EXPECT_EQ(held(store, stand_in, own), Values{last}) << "its own copy, after a restart";
  come_back(world, partition);
  wait_until_held(world, store, away, "", {"once"}, store.repaired(),
                  "who stood in for it has been restarted meanwhile");
  give_all_away(world, store);
}

void hint_a_large_value(World& world) {
  const std::string large(1'500'000, 'v');
  StoreCluster store(world, write_all(1, 2));
  const OnePartition partition(store);
  const NodeId away = partition.owners.back();
  const NodeId stand_in = partition.others.front();
  const std::string behind = partition.key("behind");
  world.isolate(away);
  store.stored(store.put(stand_in, "", large));
  store.stored(store.put(stand_in, behind, "short"));
  world.heal();
  wait_until_held(world, store, away, behind, {"short"}, store.repaired(), "it was hinted (AE2)");
  wait_until_given_away(world, store);
  EXPECT_EQ(store.got(store.get(away, "")).values, Values{large});
}

void compare_what_was_hinted(World& world) {
  Setup setup{.nodes = 3, .partitions = 3, .copies = 2};
  setup.config = with_quorums(1, 1, true);
  StoreCluster store(world, setup);
  const OnePartition partition(store);
  const NodeId stand_in = partition.others.front();
  isolate(world, partition.owners);
  store.stored(store.put(stand_in, "", "hinted"));
  const bool is_first = !hinted_at(world, store, partition.slots[0], "").empty();
  const NodeId gets_it = partition.owners[is_first ? 0 : 1];
  const NodeId other = partition.owners[is_first ? 1 : 0];
  world.heal();
  cut(world, {stand_in}, {other});
  wait_until_held(world, store, gets_it, "", {"hinted"}, store.repaired(), "it was hinted (AE2)");
  wait_until_held(world, store, other, "", {"hinted"}, store.repaired(),
                  "the other copy has it (AE4)");
}

}  // namespace octet::store
