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

std::string numbered(const char* name, int round) {
  return name + std::to_string(round);
}

/// A write of the one or the other kind, of a name of its own.
void write(Group& group, NodeId at, const char* name, int round, bool is_set) {
  const std::string key = numbered(name, round);
  return is_set ? group.set(at, key) : group.add(at, key);
}

/// Nothing gets to this leader.
void deafen(World& world, NodeId id) {
  world.drop([id](const Envelope& message) { return message.to == id; });
}

/// This leader hears of that one alone.
void hear_only(World& world, Group& group, NodeId id, NodeId that) {
  group.heal();
  world.drop([=](const Envelope& message) { return message.to == id && message.from != that; });
}

/// Each leader shows what the one before has written, and then writes itself. The last one hears of
/// the last write first. It may crash then.
void follow_each_other(World& world, Group& group, int round, bool crash) {
  const NodeId last = group.leaders().back();
  const NodeId writer = group[group.size() - 2];
  deafen(world, last);
  for (std::size_t place = 0; place + 1 < group.size(); ++place) {
    const bool is_set = (round >> place) % 2 == 0;
    write(group, group[place], numbered("cause ", static_cast<int>(place)).c_str(), round, is_set);
    for (const NodeId id : group.leaders()) {
      if (id != last) group.wait_until_alike(id, group[place]);
    }
  }
  world.run_for(20ms);  // what was told to the last one is lost
  hear_only(world, group, last, writer);
  write(group, writer, "effect", round, round % 2 == 0);
  world.run_for(15ms);
  if (crash) {
    world.crash(last).restart(last);
    world.run_for(15ms);
  }
  group.heal();
  group.expect_agreement();
}

GRADED_TEST(MultiLeader, NoEffectWithoutItsCause, 1,
            "with Config::causal a leader that hears of the effect first does not show it before "
            "its cause, be it a value or a counter, of the same leader or of others, near or far "
            "(ML4)") {
  for (const Topology& topology : {line(2), mesh(3), ring(4), mesh(4), line(4)}) {
    simulate({.options = limited}, [&](World& world) {
      Group group(world, topology, {.causal = true});
      for (int round = 0; round < 8; ++round) {
        follow_each_other(world, group, round, round >= 4);
      }
    });
  }
}

}  // namespace
}  // namespace octet::leaders
