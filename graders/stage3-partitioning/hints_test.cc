#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/repairs.h"

/// Nodes that stand in for owners, and what becomes of what they hold.
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::fail;
using grading::simulate;
using sim::World;

/// Every write needs as many nodes as there are copies, so somebody stands in for each that is
/// away.
Config write_all(std::uint32_t copies) {
  Config config;
  config.reads = 1;
  config.writes = copies;
  config.sloppy = true;
  return config;
}

/// The owner of a slot that is away while the others write, and then can talk to those alone that
/// have no copy: what it gets was hinted.
struct Away {
  NodeId owner;
  Slot slot{};
  std::vector<NodeId> other_owners;

  explicit Away(const StoreCluster& store)
      : owner(store.owners("x").back()),
        slot(store.slots_of("x").back()),
        other_owners(store.owners("x")) {
    other_owners.pop_back();
  }
  void leave(World& world) const { world.isolate(owner); }
  void come_back(World& world) const {
    world.heal();
    cut(world, {owner}, other_owners);
  }
};

void expect_hinted(World& world, const StoreCluster& store, const Away& away,
                   const std::string& key) {
  if (!hinted_at(world, store, away.slot, key).empty()) return;
  fail(
      fmt::format("a write of key {} is stored though one owner is away, and no node shows a hint "
                  "for slot {} (§4.6, AE2)",
                  quoted(key), slots::number(away.slot)));
}

GRADED_TEST(Hints, TheOwnerGetsThem, 1,
            "what was written while the owner of a copy was away gets to it from who stood in for "
            "it, and is a hint no more (§4.6, AE2)") {
  for (const std::uint32_t copies : {1U, 3U}) {
    for (const std::size_t others : {1U, 3U}) {
      simulate({}, [=](World& world) {
        StoreCluster store(
            world, {.nodes = copies + others, .copies = copies, .config = write_all(copies)});
        const Away away(store);
        const std::vector<NodeId> writers = copies == 1 ? store.others("x") : away.other_owners;
        const std::map<std::string, Values> all = {
            {"", {"no key"}},
            {std::string("\0\xff", 2), {""}},
            {std::string(3000, 'k'), {std::string(9000, 'v')}},
            {"two", {"a", "b"}},
            {"deleted", {}}};
        store.stored(store.put(writers.front(), "deleted", "old"));
        world.run_for(store.settled());
        const std::string context = store.got(store.get(away.owner, "deleted")).context;
        away.leave(world);
        store.stored(store.del(writers.front(), "deleted", context));
        for (const auto& [key, values] : all) {
          if (!values.empty()) store.stored(store.put(writers.front(), key, values.front()));
          if (values.size() > 1) store.stored(store.put(writers.back(), key, values.back()));
          if (!values.empty()) expect_hinted(world, store, away, key);
        }
        away.come_back(world);
        for (const auto& [key, values] : all) {
          wait_until_held(world, store, away.owner, key, values, store.repaired(),
                          "others have stood in for it (§4.6)");
        }
        wait_until_given_away(world, store);
      });
    }
  }
}

/// More than fits into one message or is offered at a time, perhaps.
GRADED_TEST(Hints, SurviveARestart, 1,
            "who stands in has what it was given after a crash, too, however much of it has come "
            "and gone, and gives it to the owner (AE2)") {
  for (const std::size_t effects : {0U, 1U, 2U, 3U, 5U}) {
    simulate({}, [=](World& world) {
      StoreCluster store(world, {.nodes = 4, .config = write_all(3)});
      const Away away(store);
      const NodeId writer = store.owners("x").front();
      const NodeId stand_in = store.others("x").front();
      const auto write_many = [&](const std::string& prefix) {
        std::vector<std::size_t> puts;
        for (int i = 0; i < 150; ++i)
          puts.push_back(store.put(writer, prefix + std::to_string(i), "v"));
        for (const std::size_t put : puts) store.stored(put);
      };
      away.leave(world);
      write_many("early");
      away.come_back(world);
      wait_until_given_away(world, store);

      world.heal();
      away.leave(world);
      write_many("late");
      world.crash(stand_in).restart(stand_in);
      away.come_back(world);
      for (int crash = 0; crash < 4; ++crash) {
        world.crash_after_effects(stand_in, effects);
        world.run_for(2 * store.config().repair);
        world.restart(stand_in);
      }
      for (const std::string key : {"early7", "late0", "late77", "late149"}) {
        wait_until_held(world, store, away.owner, key, {"v"}, store.repaired(),
                        "who stood in for it has been restarted meanwhile");
      }
      wait_until_given_away(world, store);
    });
  }
}

/// Answers get lost.
void lose_answers(World& world) {
  StoreCluster store(world, {.nodes = 4, .config = write_all(3)});
  const Away away(store);
  const NodeId stand_in = store.others("x").front();
  away.leave(world);
  store.stored(store.put(store.owners("x").front(), "x", "hinted"));
  away.come_back(world);
  world.cut_one_way(away.owner, stand_in);
  world.run_for(store.repaired());
  expect_hinted(world, store, away, "x");
  world.heal_one_way(away.owner, stand_in);
  wait_until_given_away(world, store);
  EXPECT_EQ(held(store, away.owner, "x"), Values{"hinted"});
}

/// The owner crashes when it has it in memory, and long before it has it on its slow disk.
void crash_the_owner(World& world) {
  StoreCluster store(world, {.nodes = 4, .config = write_all(3)});
  const Away away(store);
  away.leave(world);
  store.stored(store.put(store.owners("x").front(), "x", "hinted"));
  world.slow_disk(away.owner, 300ms);
  away.come_back(world);
  const auto has_it = [&] { return held(store, away.owner, "x") == Values{"hinted"}; };
  if (!world.run_until(has_it, store.repaired())) fail("no hint has come to the owner (AE2)");
  if (world.is_durable(away.owner)) return;  // it shows what is on its disk alone
  world.run_for(50ms);                       // an answer would have come by now
  world.crash(away.owner).restart(away.owner);
  world.slow_disk(away.owner, 1ms);
  wait_until_held(world, store, away.owner, "x", {"hinted"}, store.repaired(),
                  "it crashed before it had that on its disk");
  wait_until_given_away(world, store);
}

/// A second value is hinted while the answer for the first one is under way.
void hint_more(World& world) {
  StoreCluster store(world, {.nodes = 4, .config = write_all(3)});
  const Away away(store);
  const NodeId writer = store.owners("x").front();
  const NodeId stand_in = store.others("x").front();
  away.leave(world);
  store.stored(store.put(writer, "x", "first"));
  away.come_back(world);
  world.delay([=](const sim::Envelope& sent) { return sent.from == away.owner; }, 5s);
  const Duration offered = store.repaired();
  wait_until_held(world, store, away.owner, "x", {"first"}, offered, "it was hinted");
  world.cut_one_way(stand_in, away.owner);
  replace(store, writer, "x", "second");
  world.run_for(6s);
  away.come_back(world);
  wait_until_held(world, store, away.owner, "x", {"second"}, store.repaired(),
                  "that was hinted before the owner's answer for \"first\" had come");
  wait_until_given_away(world, store);
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
