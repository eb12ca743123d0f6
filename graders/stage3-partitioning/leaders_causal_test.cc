#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/leaders_group.h"

/// In causal mode no leader shows an effect without its cause (ML4). That is watched at every
/// moment (leaders_watch.h); here messages come in the order in which it would happen.
namespace octet::leaders {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// A write of the one or the other kind, of a name of its own.
void write(Group& group, NodeId at, const std::string& name, bool is_set) {
  return is_set ? group.set(at, name) : group.add(at, name);
}

/// From now on this leader hears of these alone.
void hear_only(World& world, Group& group, NodeId id, const std::vector<NodeId>& these) {
  group.heal();
  world.drop([=](const Envelope& message) {
    return message.to == id && std::ranges::find(these, message.from) == these.end();
  });
}

/// Each leader shows what the one before has written, and then writes itself; the writer now and
/// then the effect alone. The last one hears of that first. It may crash then.
void follow_each_other(World& world, Group& group, int round, bool crash) {
  const NodeId last = group.leaders().back();
  const NodeId writer = group[group.size() - 2];
  const std::size_t causes = round % 2 == 0 ? 1 : group.size() - 1;
  hear_only(world, group, last, {});
  for (std::size_t place = 0; place < causes; ++place) {
    const std::string name = "cause " + std::to_string(place) + " of " + std::to_string(round);
    write(group, group[place], name, (round >> (place + 1)) % 2 == 0);
    for (const NodeId id : group.leaders()) {
      if (id != last) group.wait_until_alike(id, group[place]);
    }
  }
  world.run_for(20ms);  // what was told to the last one is lost
  hear_only(world, group, last, {writer});
  write(group, writer, "effect of " + std::to_string(round), (round >> 2) % 2 == 0);
  world.run_for(15ms);
  if (crash) {
    world.crash(last).restart(last);
    world.run_for(15ms);
  }
  group.heal();
  group.expect_agreement();
}

/// The writer has heard of two causes that have nothing to do with each other, and the last leader
/// of the second one alone when it hears of the effect.
void have_two_causes(World& world, Group& group, int round) {
  const NodeId one = group[0];
  const NodeId other = group[1];
  const NodeId writer = group[2];
  const NodeId last = group[3];
  world.partition({{one, writer}, {other, last}});
  write(group, one, "one cause of " + std::to_string(round), round % 2 == 0);
  write(group, other, "other cause of " + std::to_string(round), round % 3 == 0);
  group.wait_until_alike(one, writer);
  group.wait_until_alike(other, last);
  group.heal();
  world.partition({{one, other, writer}});
  group.wait_until_alike(writer, one);
  group.wait_until_alike(writer, other);
  world.run_for(20ms);
  hear_only(world, group, last, {writer});
  write(group, writer, "effect of " + std::to_string(round), round % 2 == 0);
  world.run_for(15ms);
  group.heal();
  group.expect_agreement();
}

/// The writer has hardly shown the cause when it writes the effect, and crashes. It may have lost
/// both, or the effect; alone it shows what it has.
void crash_with_both(World& world, Group& group, int round) {
  const NodeId writer = group[1];
  group.set(group[0], "early cause of " + std::to_string(round));
  group.wait_until_alike(group[0], writer);
  group.add(writer, "early effect of " + std::to_string(round));
  world.run_for(std::chrono::microseconds(100 * round));
  world.isolate(writer).crash(writer).restart(writer);
  world.run_for(20ms);
  group.heal();
  group.expect_agreement();
}

GRADED_TEST(MultiLeader, NoEffectWithoutItsCause, 1,
            "with Config::causal a leader that hears of the effect first does not show it before "
            "its causes, be they values or counters, of the same leader or of others, near or far "
            "(ML4)") {
  for (const Topology& topology : {line(2), mesh(3), ring(4), mesh(4), line(4)}) {
    simulate({.options = limited}, [&](World& world) {
      Group group(world, topology, {.causal = true});
      for (int round = 0; round < 8; ++round) {
        follow_each_other(world, group, round, round % 3 == 0);
      }
    });
  }
  simulate({.options = limited}, [](World& world) {
    Group group(world, mesh(4), {.causal = true});
    for (int round = 0; round < 6; ++round) have_two_causes(world, group, round);
  });
  simulate({.options = limited}, [](World& world) {
    Group group(world, mesh(3), {.causal = true});
    for (int round = 0; round < 20; ++round) crash_with_both(world, group, round);
  });
}

}  // namespace
}  // namespace octet::leaders
