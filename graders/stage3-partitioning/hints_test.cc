#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/hints_stories.h"

/// Nodes that stand in for owners, and what becomes of what they hold.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::fail;
using grading::simulate;
using sim::World;

void expect_hinted(World& world, const StoreCluster& store, const OnePartition& partition,
                   const std::string& key, const std::string& although) {
  const Slot slot = partition.slots.back();
  if (!hinted_at(world, store, slot, key).empty()) return;
  fail(fmt::format("no node shows a hint of key {} for slot {}, although {} (§4.6, AE2)",
                   in_quotes(key), slots::number(slot), although));
}

void hint_and_give_away(World& world, std::uint32_t copies, std::uint32_t others) {
  StoreCluster store(world, write_all(copies, copies + others));
  const OnePartition partition(store);
  const NodeId away = partition.owners.back();
  const NodeId writer = copies == 1 ? partition.others.front() : partition.owners[0];
  const NodeId other_writer = copies == 1 ? partition.others.back() : partition.owners[1];
  const std::string deleted = partition.key("deleted");
  const std::string two = partition.key("two");
  const std::map<std::string, std::string> puts = {
      {"", "no key"},
      {partition.key(std::string("\0\xff", 2)), ""},
      {partition.key(std::string(3000, 'k')), std::string(9000, 'v')},
      {two, "a"}};
  store.stored(store.put(writer, deleted, "old"));
  world.run_for(store.settled());
  const std::string context = store.got(store.get(away, deleted)).context;

  world.isolate(away);
  store.stored(store.del(writer, deleted, context));
  for (const auto& [key, value] : puts) {
    store.stored(store.put(writer, key, value));
    expect_hinted(world, store, partition, key, "a write is stored and its owner is away");
    if (copies > 1 || others > 1) continue;  // one slot, and the only node that can stand in
    EXPECT_EQ(store.got(store.get(writer, key)).values, Values{value}) << "it has a hint (DQ1)";
  }
  store.stored(store.put(other_writer, two, "b"));

  come_back(world, partition);
  const std::string why = "others have stood in for it (§4.6)";
  for (const auto& [key, value] : puts) {
    const Values all = key == two ? Values{"a", "b"} : Values{value};
    wait_until_held(world, store, away, key, all, store.repaired(), why);
  }
  wait_until_held(world, store, away, deleted, {}, store.repaired(), why);
  give_all_away(world, store);
}

/// Of two owners that one node stands in for, one comes back long before the other.
void one_after_the_other(World& world, std::size_t first) {
  StoreCluster store(world, write_all(1, 3));
  const auto& nodes = store.nodes();
  const std::vector<NodeId> away = {nodes[first], nodes[3 - first]};
  const auto key_of = [&](NodeId owner) {
    std::string key;
    while (store.owners(key).front() != owner) key += '+';
    return key;
  };
  world.isolate(away[0]).isolate(away[1]);
  for (const NodeId owner : away) store.stored(store.put(nodes[0], key_of(owner), "v"));
  world.heal().isolate(away[1]);
  wait_until_held(world, store, away[0], key_of(away[0]), {"v"}, store.repaired(),
                  "it is back, and another owner with hints is not");
  world.heal();
  wait_until_held(world, store, away[1], key_of(away[1]), {"v"}, store.repaired(), "it is back");
  give_all_away(world, store);
}

GRADED_TEST(Hints, TheOwnerGetsThem, 1,
            "what was written while the owner of a copy was away gets to it from who stood in for "
            "it, also when other owners stay away, and is a hint no more (§4.6, AE2)") {
  for (const std::size_t first : {1U, 2U}) {
    simulate({}, [=](World& world) { one_after_the_other(world, first); });
  }
  for (const std::uint32_t copies : {1U, 3U}) {
    for (const std::uint32_t others : {1U, 3U}) {
      simulate({}, [=](World& world) { hint_and_give_away(world, copies, others); });
    }
  }
  simulate({}, compare_what_was_hinted);
  grading::simulate_untraced({}, hint_a_large_value);
}

void write_many(StoreCluster& store, const OnePartition& partition, const std::string& begin,
                int keys) {
  std::vector<std::size_t> puts;
  for (int i = 0; i < keys; ++i) {
    const std::string key = partition.key(begin + std::to_string(i));
    puts.push_back(store.put(partition.owners[0], key, "v"));
  }
  for (const std::size_t put : puts) store.stored(put);
}

/// Some hints have come and gone when others come, and whoever has them crashes.
void restart_the_stand_in(World& world, std::size_t after_effects) {
  StoreCluster store(world, write_all(3, 4));
  const OnePartition partition(store);
  const NodeId away = partition.owners.back();
  const NodeId stand_in = partition.others.front();
  world.isolate(away);
  write_many(store, partition, "early", 40);
  come_back(world, partition);
  give_all_away(world, store);

  world.isolate(away);
  write_many(store, partition, "late", 5);
  world.crash(stand_in).restart(stand_in);
  come_back(world, partition);
  for (int crash = 0; crash < 4; ++crash) {
    world.crash_after_effects(stand_in, after_effects);
    world.run_for(2 * store.config().repair);
    world.restart(stand_in);
  }
  for (const std::string begin : {"early7", "late0", "late4"}) {
    wait_until_held(world, store, away, partition.key(begin), {"v"}, store.repaired(),
                    "who stood in for it has been restarted meanwhile");
  }
  give_all_away(world, store);
}

GRADED_TEST(Hints, SurviveARestart, 1,
            "who stands in has what it was given after a crash, too, however many hints have come "
            "and gone, and gives it to the owner (AE2)") {
  for (const std::size_t effects : {0U, 1U, 2U, 4U}) {
    simulate({}, [=](World& world) { restart_the_stand_in(world, effects); });
  }
  for (const bool with_hints : {true, false}) {
    grading::simulate_untraced({}, [=](World& world) { fill_the_log(world, with_hints); });
  }
}

void lose_answers(World& world) {
  StoreCluster store(world, write_all(3, 4));
  const OnePartition partition(store);
  const NodeId away = partition.owners.back();
  const NodeId stand_in = partition.others.front();
  world.isolate(away);
  store.stored(store.put(partition.owners[0], "", "hinted"));
  come_back(world, partition);
  world.cut_one_way(away, stand_in);
  world.run_for(store.repaired());
  expect_hinted(world, store, partition, "", "no answer of the owner has come");
  world.heal_one_way(away, stand_in);
  wait_until_held(world, store, away, "", {"hinted"}, store.repaired(), "it was hinted");
  give_all_away(world, store);
}

/// The owner crashes when it has it in memory, and long before it has it on its slow disk.
void crash_the_owner(World& world) {
  StoreCluster store(world, write_all(3, 4));
  const OnePartition partition(store);
  const NodeId away = partition.owners.back();
  world.isolate(away);
  store.stored(store.put(partition.owners[0], "", "hinted"));
  world.slow_disk(away, 300ms);
  come_back(world, partition);
  const auto has_it = [&] { return held(store, away, "") == Values{"hinted"}; };
  if (!world.run_until(has_it, store.repaired())) fail("no hint has come to the owner (AE2)");
  if (world.is_durable(away)) return;  // it shows what is on its disk alone
  const std::size_t on_disk = world.durable_records(away).size();
  world.run_for(50ms).crash(away);  // an answer would have come by now
  // A crash may keep some of the writes that were under way. This one does not.
  world.restart_without_last(away, world.durable_records(away).size() - on_disk);
  world.slow_disk(away, 1ms);
  wait_until_held(world, store, away, "", {"hinted"}, store.repaired(),
                  "it crashed before it had that on its disk");
  give_all_away(world, store);
}

/// A second value is hinted while the answer for the first one is under way.
void hint_more(World& world) {
  StoreCluster store(world, write_all(3, 4));
  const OnePartition partition(store);
  const NodeId writer = partition.owners[0];
  const NodeId away = partition.owners.back();
  const NodeId stand_in = partition.others.front();
  world.isolate(away);
  store.stored(store.put(writer, "", "first"));
  come_back(world, partition);
  world.delay([=](const sim::Envelope& sent) { return sent.from == away; }, 5s);
  wait_until_held(world, store, away, "", {"first"}, store.repaired(), "it was hinted");
  world.cut_one_way(stand_in, away);
  replace(store, writer, "", "second");
  world.run_for(6s);
  come_back(world, partition);
  wait_until_held(world, store, away, "", {"second"}, store.repaired(),
                  "that was hinted before its answer for \"first\" had come");
  give_all_away(world, store);
}

GRADED_TEST(Hints, StayUntilTheOwnerHasThem, 1,
            "a hint goes only when the owner has told that it has that very hint on its disk: not "
            "when the answer is lost, the owner crashes, or more has been hinted since (AE2)") {
  simulate({}, lose_answers);
  simulate({}, crash_the_owner);
  simulate({}, hint_more);
}

}  // namespace
}  // namespace octet::store
