#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/two_sides.h"

/// What a session has seen it goes on to see (CL2).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;
using Id = CausalSessions::Id;

/// Both sides have "old" values. The one who wrote them knows.
Id write_old(TwoSides& sides) {
  const Id writer = sides.sessions.open();
  for (const char* key : {"x", "y", "z"})
    sides.write(writer, sides.here, key, std::string("old ") + key);
  sides.world.run_for(sides.store.repaired());
  return writer;
}

/// Somebody who has seen the old x writes a new one, on the near side alone.
Id write_x(TwoSides& sides) {
  const Id writer = sides.sessions.open();
  sides.read(writer, sides.here, "x");
  sides.write(writer, sides.here, "x", "new x");
  return writer;
}

void own_writes(TwoSides& sides) {
  const Id writer = write_x(sides);
  sides.try_to_read(writer, sides.there, "x");
  sides.read(writer, sides.there, "z");
  sides.try_to_read(writer, sides.there, "x");
}

void reads(TwoSides& sides) {
  write_x(sides);
  const Id reader = sides.sessions.open();
  EXPECT_EQ(sides.read(reader, sides.here, "x").values, Values{"new x"});
  sides.read(reader, sides.there, "y");
  sides.try_to_read(reader, sides.there, "x");
}

void what_was_read_depends(TwoSides& sides) {
  sides.write(write_x(sides), sides.here, "y", "y, after x");
  const Id reader = sides.sessions.open();
  sides.read(reader, sides.here, "y");
  sides.try_to_read(reader, sides.there, "x");
}

void many_other_keys(TwoSides& sides) {
  sides.write(write_x(sides), sides.here, "y", "y, after x");
  const Id reader = sides.sessions.open();
  sides.read(reader, sides.here, "y");
  const Id other = sides.sessions.open();
  for (int i = 0; i < 20; ++i) {
    sides.write(other, sides.there, fmt::format("{}", i), "some value");
    sides.read(reader, sides.there, fmt::format("{}", i));
    sides.write(reader, sides.there, fmt::format("own {}", i), "some value");
  }
  sides.try_to_read(sides.sessions.copy_of(reader), sides.there, "y");
  sides.try_to_read(reader, sides.there, "x");
}

void a_chain(TwoSides& sides) {
  write_x(sides);
  const Id second = sides.sessions.open();
  sides.read(second, sides.here, "x");
  sides.write(second, sides.here, "y", "y, after x");
  const Id third = sides.sessions.open();
  sides.read(third, sides.here, "y");
  sides.write(third, sides.there, "z", "z, after y");
  const Id fourth = sides.sessions.open();
  sides.read(fourth, sides.there, "z");
  sides.try_to_read(sides.sessions.copy_of(fourth), sides.there, "y");
  sides.try_to_read(fourth, sides.there, "x");
}

void a_deletion(TwoSides& sides) {
  const Id watcher = sides.sessions.open();
  sides.read(watcher, sides.there, "x");
  const Id writer = sides.sessions.open();
  sides.read(writer, sides.here, "x");
  sides.remove(writer, sides.here, "x");
  sides.write(writer, sides.there, "y", "y, after x is gone");
  sides.try_to_read(writer, sides.there, "x");
  const Id reader = sides.sessions.open();
  sides.read(reader, sides.there, "y");
  sides.try_to_read(reader, sides.there, "x");
  EXPECT_EQ(sides.read(watcher, sides.here, "x").values, Values());
  sides.try_to_read(watcher, sides.there, "x");
}

/// Who sees that something is gone depends on what its deletion depended on.
void a_deletion_that_depends(TwoSides& sides) {
  const Id reader = sides.sessions.open();
  sides.read(reader, sides.there, "x");
  const Id writer = sides.sessions.open();
  sides.read(writer, sides.here, "z");
  sides.write(writer, sides.here, "z", "new z");
  sides.read(writer, sides.there, "x");
  sides.remove(writer, sides.there, "x");
  sides.world.run_for(sides.store.repaired());
  sides.try_to_read(reader, sides.there, "x");
  sides.try_to_read(reader, sides.there, "z");
}

void siblings(TwoSides& sides) {
  const Id one = sides.sessions.open();
  const Id other = sides.sessions.open();
  sides.write(one, sides.here, "x", "one");
  sides.write(other, sides.there, "x", "other");
  const Id reader = sides.sessions.open();
  sides.read(reader, sides.here, "x");
  sides.try_to_read(reader, sides.there, "x");
  const Id second = sides.sessions.open();
  sides.read(second, sides.there, "x");
  sides.try_to_read(second, sides.here, "x");
}

/// Each of two values of y depends on something else.
void siblings_that_depend(TwoSides& sides) {
  const Id one = write_x(sides);
  const Id other = sides.sessions.open();
  sides.read(other, sides.here, "z");
  sides.write(other, sides.here, "z", "new z");
  sides.write(one, sides.there, "y", "y, after x");
  sides.write(other, sides.there, "y", "y, after z");
  const Id reader = sides.sessions.open();
  sides.read(reader, sides.there, "y");
  sides.try_to_read(sides.sessions.copy_of(reader), sides.there, "x");
  sides.try_to_read(reader, sides.there, "z");
}

/// What a version depends on is on disk with it.
void nodes_that_crash(TwoSides& sides) {
  sides.write(write_x(sides), sides.there, "y", "y, after x");
  sides.world.run_for(100ms);
  for (const NodeId node : sides.far) sides.world.crash(node).restart(node);
  const Id reader = sides.sessions.open();
  sides.read(reader, sides.there, "y");
  sides.try_to_read(reader, sides.there, "x");
}

/// And it goes with it when copies are compared.
void copies_that_are_repaired(TwoSides& sides) {
  const NodeId away = sides.far.at(1);
  sides.world.crash(away);
  sides.write(write_x(sides), sides.there, "y", "y, after x");
  sides.world.restart(away).run_for(sides.store.repaired());
  sides.world.crash(sides.far.at(0));
  const Id reader = sides.sessions.open();
  sides.read(reader, sides.there, "y");
  sides.try_to_read(reader, sides.there, "x");
  sides.world.restart(sides.far.at(0));
}

std::string key_beside(const StoreCluster& store, const std::string& key) {
  for (int i = 0;; ++i) {
    const std::string other = fmt::format("{}", i);
    if (store.owners(other) == store.owners(key)) return other;
  }
}

/// And with a hint. The owners of y that the writer reaches are down.
void stand_ins(World& world) {
  StoreCluster store(world, {.nodes = 5, .partitions = 3, .config = with_quorums(1, 1, true)});
  CausalSessions sessions(world, store);
  const std::vector<NodeId> owners = store.owners("x");
  const NodeId here = store.others("x").front();
  const NodeId there = store.others("x").back();
  const std::string y = key_beside(store, "x");
  const Id writer = sessions.open();
  store.stored(sessions.put(writer, here, "x", "old x"));
  world.run_for(store.repaired());
  cut(world, {owners[0], here}, {owners[1], owners[2], there});
  store.got(sessions.get(writer, here, "x"));
  store.stored(sessions.put(writer, here, "x", "new x"));
  for (const NodeId away : {owners[1], owners[2]}) world.crash(away);
  store.stored(sessions.put(writer, there, y, "y, after x"));
  const Id reader = sessions.open();
  store.got(sessions.get(reader, there, y));
  for (const NodeId back : {owners[1], owners[2]}) world.restart(back);
  world.run_for(store.repaired());
  const Id second = sessions.open();
  store.got(sessions.get(second, there, y));
  for (const Id session : {reader, second}) store.wait(sessions.get(session, there, "x"));
}

/// All sessions can read everything everywhere again.
void go_on(TwoSides& sides) {
  sides.world.heal().run_for(sides.store.repaired());
  for (Id session = 0; session < sides.sessions.sessions(); ++session) {
    for (const NodeId node : sides.store.nodes()) {
      for (const char* key : {"x", "y", "z"}) sides.read(session, node, key);
    }
  }
}

GRADED_TEST(Causal, WhatIsSeenStays, 1,
            "a session that has seen something, or what depends on it, is shown nothing older, "
            "whatever key, node and copy it comes to (CL2)") {
  for (const auto story : {own_writes, reads, what_was_read_depends, many_other_keys, a_chain,
                           a_deletion, a_deletion_that_depends, siblings, siblings_that_depend,
                           nodes_that_crash, copies_that_are_repaired}) {
    simulate({}, [=](World& world) {
      TwoSides sides(world);
      write_old(sides);
      sides.part();
      story(sides);
      go_on(sides);
    });
  }
  simulate({}, stand_ins);
}

}  // namespace
}  // namespace octet::store
