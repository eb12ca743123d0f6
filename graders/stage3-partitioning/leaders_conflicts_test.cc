#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/leaders_group.h"

/// Which of several writes of a key wins (ML3).
namespace octet::leaders {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// From now on everybody hears of this leader late.
void hear_late(Group& group, NodeId id) {
  group.delay([id](const Envelope& message) { return message.from == id; }, 600ms);
}

/// All write all keys, and hear nothing of each other. Of some keys some write more often, so that
/// all cases are there: an earlier time and a later one, and equal ones.
void write_concurrently(World& world, Group& group) {
  world.drop([](const Envelope&) { return true; });
  for (const std::string key : {"x", "y", "z"}) {
    for (const NodeId id : group.leaders()) group.set(id, key);
  }
  for (std::size_t place = 0; place < group.size(); ++place) {
    for (std::size_t i = 0; i < place; ++i) group.set(group[place], "mine");
    for (std::size_t i = place; i < group.size(); ++i) group.set(group[place], "yours");
  }
  world.run_for(5ms);
  group.heal();
}

/// What all agree on, when everybody hears late of this one.
View agreed_upon(World& world, const Topology& topology, std::size_t late) {
  Group group(world, topology);
  world.run_for(300ms);
  write_concurrently(world, group);
  hear_late(group, group[late]);
  return group.expect_agreement(5s);
}

GRADED_TEST(MultiLeader, TheOrderOfArrival, 1,
            "of writes that do not know of each other the same one wins everywhere, whoever hears "
            "of which one first (ML1, ML3)") {
  for (const Topology& topology : {line(2), line(4), ring(4), star(5), mesh(4)}) {
    simulate({.options = limited}, [&](World& world) {
      std::vector<View> agreed;
      for (std::size_t late = 1; late < topology.leaders.size(); ++late) {
        World other(world.seed(), limited);
        agreed.push_back(agreed_upon(other, topology, late));
      }
      agreed.push_back(agreed_upon(world, topology, 0));
      for (const View& each : agreed) {
        EXPECT_EQ(each, agreed.back()) << "the same writes at the same times, which arrive in "
                                          "another order, come to something else (ML3)";
      }
    });
  }
}

/// The clocks of some leaders are fast or slow, and those on their walls are hours apart.
void set_clocks(World& world, const Group& group) {
  grading::Random random(world.seed(), "clocks");
  for (const NodeId id : group.leaders()) {
    world.jump_clock(id, std::chrono::minutes(random.below(240)) - 2h);
    world.skew_clock(id, static_cast<std::int64_t>(random.below(200'000)) - 100'000);
  }
}

/// Whoever it is writes "x" last, knowing all that was written before, and wins.
void write_last(World& world, Group& group, NodeId id, int round) {
  const std::string value = "the last one of round " + std::to_string(round);
  group.set(id, "x", value);
  const View agreed = group.expect_agreement();
  EXPECT_EQ(agreed.values.at("x"), value)
      << "written at leader " << id.value << " when it showed all other writes (ML3)";
  world.jump_clock(id, round % 2 == 0 ? 2h : -2h);
}

GRADED_TEST(MultiLeader, WhoKnewTheOther, 1,
            "a write whose leader knew another one comes after it, at every leader, whatever the "
            "clocks show, and whoever has written more (ML3)") {
  for (const Topology& topology : {line(2), line(3), mesh(4)}) {
    simulate({.options = limited}, [&](World& world) {
      Group group(world, topology);
      set_clocks(world, group);
      int round = 0;
      for (int i = 0; i < 2; ++i) {
        for (const NodeId id : group.leaders()) write_last(world, group, id, ++round);
        for (std::size_t place = group.size(); place-- > 0;) {
          write_last(world, group, group[place], ++round);
        }
      }
      // More than a byte can count, and then the one who has written least.
      for (int i = 0; i < 300; ++i) group.set(group[0], i % 2 == 0 ? "x" : "z");
      world.run_for(1s);
      write_last(world, group, group[1], ++round);
      world.crash(group[1]).restart(group[1]);
      write_last(world, group, group[1], ++round);
      write_last(world, group, group[0], ++round);
    });
  }
}

}  // namespace
}  // namespace octet::leaders
