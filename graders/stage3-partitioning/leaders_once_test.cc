#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/leaders_group.h"

/// An update is applied once, however it comes and how often, and whoever crashes meanwhile (ML2).
namespace octet::leaders {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// Writes of all leaders, of which many are alike.
void write_alike(World& world, Group& group, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (const NodeId id : group.leaders()) {
      group.add_one(id, "likes");
      group.add_one(id, "likes");
      group.set(id, "x");
      world.run_for(3ms);
    }
  }
}

void expect_likes(Group& group, std::int64_t likes) {
  const View view = group.expect_agreement();
  const auto place = view.counters.find("likes");
  const std::int64_t shown = place == view.counters.end() ? 0 : place->second;
  EXPECT_EQ(shown, likes) << "the counter that each Add makes greater by 1 (ML2)";
}

/// What is sent while nothing happens may be so much.
void expect_rest(World& world, const Group& group) {
  constexpr int intervals = 20;
  const Group::Traffic before = group.traffic();
  world.run_for(intervals * group.config().interval);
  const std::uint64_t messages = group.traffic().messages - before.messages;
  const std::uint64_t bytes = group.traffic().bytes - before.bytes;
  const std::uint64_t most = intervals * 2 * group.links() * 8;  // both ways
  EXPECT_LE(messages, most) << "messages in " << intervals << " intervals, over " << group.links()
                            << " links, with nothing to tell";
  EXPECT_LE(bytes, most * (50 + 20 * group.size())) << "bytes, likewise";
}

GRADED_TEST(MultiLeader, ManyWays, 1,
            "an update that comes on many ways, twice, and late counts once, two that are alike "
            "count twice, and when all is told the leaders come to rest (ML2)") {
  for (const Topology& topology : {ring(3), ring(4), mesh(3), mesh(5)}) {
    simulate({.options = limited}, [&](World& world) {
      const std::size_t size = topology.leaders.size();
      Group group(world, topology, {.causal = size == 4, .interval = size == 5 ? 2s : 100ms});
      group.duplicate([](const Envelope& each) { return each.bytes.size() % 2 == 0; }, 700ms);
      group.duplicate([](const Envelope& each) { return each.bytes.size() % 2 == 1; }, 0ms);
      write_alike(world, group, 12);
      group.heal();
      const std::int64_t likes = 12 * 2 * static_cast<std::int64_t>(group.size());
      expect_likes(group, likes);
      world.run_for(1s);  // the last copies are there
      expect_likes(group, likes);
      expect_rest(world, group);
    });
  }
}

/// The leader crashes somewhere in the handler of a write, and goes on.
void crash_while_writing(World& world, Group& group, NodeId id, std::size_t effects) {
  group.add(id, "hits");
  world.run_for(50ms);
  world.crash_after_effects(id, effects);
  group.add(id, "hits");
  group.set(id, "x");
  world.run_for(20ms);
  world.crash(id);
  world.run_for(20ms);
  world.restart(id);
  group.add(id, "hits");
  group.set(id, "x");
}

/// The leader crashes when it hears of what another one wrote, or soon after.
void crash_while_hearing(World& world, Group& group, NodeId id, std::size_t effects) {
  const NodeId writer = id == group[0] ? group[1] : group[0];
  group.add(writer, "hits");
  world.run_until([&] { return group.view(id) == group.view(writer); }, 20ms);
  world.crash(id).restart(id);
  world.run_for(100ms);
  group.add(writer, "hits");
  world.crash_after_effects(id, effects);
  world.run_for(150ms);
  world.crash(id).restart(id);
  group.add(id, "hits");
}

/// All leaders start again, and hear nothing of each other. What they write then is new to all.
void restart_alone(World& world, Group& group) {
  constexpr std::int64_t rounds = 4;
  const auto size = static_cast<std::int64_t>(group.size());
  write_alike(world, group, rounds);
  const View before = group.expect_agreement();
  world.drop([](const Envelope&) { return true; });
  for (const NodeId id : group.leaders()) world.crash(id);
  for (const NodeId id : group.leaders()) world.restart(id);
  for (const NodeId id : group.leaders()) {
    EXPECT_EQ(group.view(id), before) << "leader " << id.value << " after it has started again";
  }
  for (const NodeId id : group.leaders()) group.set(id, "of " + std::to_string(id.value));
  group.set(group[0], "x", "after");
  group.heal();
  expect_likes(group, rounds * 2 * size);
  write_alike(world, group, 1);
  expect_likes(group, (rounds + 1) * 2 * size);
}

GRADED_TEST(MultiLeader, CrashesAnywhere, 1,
            "a leader may crash between any two effects; when it is back it shows all that others "
            "have of it and that it had on disk, and what it writes then is new to everybody, "
            "comes after that, and counts once (ML1, ML2, ML3)") {
  for (const bool causal : {false, true}) {
    for (const Topology& topology : {line(1), ring(3), line(4)}) {
      simulate({.options = limited}, [=](World& world) {
        Group group(world, topology, {.causal = causal});
        restart_alone(world, group);
      });
    }
  }
  for (const auto crash : {crash_while_writing, crash_while_hearing}) {
    for (const Topology& topology : {line(2), line(3), ring(4)}) {
      for (std::size_t effects = 0; effects < 6; ++effects) {
        simulate({.options = limited}, [&](World& world) {
          Group group(world, topology, {.causal = topology.leaders.size() == 3});
          for (const std::size_t place : {0U, 1U, 0U}) {
            crash(world, group, group[place], effects);
            world.run_for(200ms);
          }
          group.expect_agreement();
        });
      }
    }
  }
}

}  // namespace
}  // namespace octet::leaders
