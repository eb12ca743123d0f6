#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/leaders_group.h"

/// All leaders come to show the same, whatever way they are connected (ML1, ML2).
namespace octet::leaders {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Sizes 1 to 7; 3 is the first that has more than one topology.
std::vector<Topology> topologies(std::uint64_t seed) {
  return {line(1),
          line(2),
          ring(3),
          line(3),
          star(4),
          mesh(4),
          ring(4),
          star(5),
          random_graph(5, seed),
          mesh(5),
          line(7),
          ring(7),
          star(7),
          random_graph(7, seed)};
}

/// Everybody writes, keys of its own and some that others write as well.
void write_everywhere(World& world, Group& group) {
  for (int round = 0; round < 3; ++round) {
    for (const NodeId id : group.leaders()) {
      group.set(id, "shared");
      group.set(id, "of " + std::to_string(id.value));
      group.set(id, round == 0 ? "" : std::string("\0\xff", 2));
      group.add(id, "hits");
      group.add(id, "shared");
      world.run_for(7ms);
    }
  }
}

GRADED_TEST(MultiLeader, AnyTopology, 1,
            "each write takes effect at once where it is taken, and once at every other leader, in "
            "a line, a ring, a star, a mesh and anything else that is connected (ML1, ML2)") {
  for (std::size_t which = 0; which < topologies(0).size(); ++which) {
    simulate({.options = limited}, [=](World& world) {
      Group group(world, topologies(world.seed())[which], {.causal = which % 2 == 1});
      world.run_for(300ms);
      write_everywhere(world, group);
      EXPECT_EQ(group.expect_agreement().values.size(), group.size() + 3) << "keys";
      group.set(group[0], "shared", std::string(5'000, 'l'));
      group.expect_agreement();
      group.set(group.leaders().back(), "shared", "");
      EXPECT_EQ(group.expect_agreement().values.at("shared"), "");
    });
  }
}

/// The last leader is away while the first one writes, and so it does; when it is back, the first
/// one is down.
void miss_each_other(World& world, Group& group) {
  const NodeId first = group.leaders().front();
  const NodeId last = group.leaders().back();
  world.isolate(last);
  for (int i = 0; i < 120; ++i) {
    group.set(first, "x");
    group.set(last, "y");
    if (i % 6 == 0) group.add(first, "hits");
    if (i % 6 == 0) group.add(last, "hits");
    world.run_for(2ms);
  }
  world.run_for(2s);
  world.crash(first);
  group.heal();
  group.wait_until_alike(group[1], last);
}

/// Messages get lost by chance, all the time.
void write_with_losses(World& world) {
  Group group(world, world.seed() % 2 == 0 ? ring(5) : line(4));
  write_everywhere(world, group);
  // A link loses each exchange of an interval in half of all cases, all of 60 in 10^-18.
  group.expect_agreement(static_cast<std::int64_t>(group.size()) * 60 * group.config().interval);
}

/// The first of two writes is lost, the second one comes.
void lose_the_first(World& world) {
  Group group(world, line(2));
  for (int i = 0; i < 6; ++i) {
    world.run_for(500ms + i * 13ms);
    world.drop([](const sim::Envelope&) { return true; });
    group.add(group[0], "hits");
    world.run_for(1ms);  // it has left, and is lost
    group.heal();
    group.add(group[0], "hits");
    world.run_for(1ms);
  }
  group.expect_agreement();
}

/// Far more than one would put into a message.
void miss_much(World& world) {
  Group group(world, line(2));
  world.isolate(group[0]);
  for (int i = 0; i < 900; ++i) group.set(group[i % 9 == 0 ? 1 : 0], std::to_string(i));
  world.run_for(1s);
  group.heal();
  group.expect_agreement();
}

/// Each of many updates knows the one before, which is of the other leader; the third one has none.
void miss_a_dialogue(World& world) {
  Group group(world, line(3), {.causal = true});
  world.isolate(group[2]);
  for (std::size_t i = 0; i < 60; ++i) {
    group.set(group[i % 2], "line " + std::to_string(i));
    group.wait_until_alike(group[0], group[1]);
  }
  group.heal();
  group.expect_agreement();
}

GRADED_TEST(
    MultiLeader, WhatWasMissed, 1,
    "leaders that nobody reaches take writes all the same; later all is told both ways, and "
    "so is what got lost, until it is there, also when its origin is down by now (ML1)") {
  for (const Topology& topology : {line(3), line(4), ring(5), mesh(4)}) {
    for (const Config& config : {Config{}, Config{.causal = true, .interval = 30ms}}) {
      simulate({.options = limited}, [=](World& world) {
        Group group(world, topology, config);
        miss_each_other(world, group);
        const View shown = group.view(group.leaders().back());
        EXPECT_TRUE(shown.values.contains("x") && shown.values.contains("y"));
        world.restart(group.leaders().front());
        group.expect_agreement();
      });
    }
  }
  sim::WorldOptions lossy = limited;
  lossy.network.loss = 300'000;
  simulate({.options = lossy, .runs = 4}, write_with_losses);
  simulate({.options = limited}, lose_the_first);
  simulate({.options = limited}, miss_a_dialogue);
  grading::simulate_untraced(limited, miss_much);
}

}  // namespace
}  // namespace octet::leaders
