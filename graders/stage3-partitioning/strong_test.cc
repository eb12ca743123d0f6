#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/links.h"
#include "graders/stage3-partitioning/strong_history.h"

/// Strong requests one after the other, of which some are cut short (CL1).
namespace octet::store {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// Quorums as weak as can be, which strong requests do not use; and copies are left alone.
Config weak() {
  Config config = with_quorums(1, 1, true);
  config.repair = 1h;
  return config;
}

/// Three copies, and two nodes that have none.
struct Copies {
  explicit Copies(World& in) : world(in) {}

  World& world;
  StoreCluster store{world, {.nodes = 5, .config = weak()}};
  StrongHistory history{world, store};
  NodeId a = store.owners("x").at(0);
  NodeId b = store.owners("x").at(1);
  NodeId c = store.owners("x").at(2);
  NodeId writer = store.others("x").at(0);
  NodeId reader = store.others("x").at(1);

  void write(const std::string& value) {
    store.stored(store.put(writer, "x", value, {}, Level::strong));
  }
  std::size_t read(NodeId node) { return store.get(node, "x", Level::strong); }
};

/// All copies can be reached again: everything works.
void go_on(Copies& copies) {
  copies.world.heal();
  copies.store.got(copies.read(copies.reader));
  copies.write("the last");
  EXPECT_EQ(copies.store.got(copies.read(copies.reader)).values, Values{"the last"});
}

/// A write is in `a` at most. One node reads it where `a` answers, then another one where it does
/// not.
void read_here_and_there(Copies& copies, NodeId one, NodeId other, std::size_t messages) {
  World& world = copies.world;
  world.heal();
  cut(world, {copies.a}, {copies.b, copies.c});
  cut(world, {copies.c}, {one});
  let_pass(world, one, {copies.b}, messages);
  copies.store.wait(copies.read(one));
  world.heal().isolate(one);  // what it has sent since then does not help
  cut(world, {copies.a}, {copies.b, copies.c, other});
  copies.store.wait(copies.read(other));
  go_on(copies);
}

void a_write_is_cut_short(bool deletes, bool writer_reads, std::size_t of_the_write,
                          std::size_t of_the_read) {
  simulate({}, [=](World& world) {
    Copies copies(world);
    copies.write("old");
    cut(world, {copies.a}, {copies.b, copies.c});
    let_pass(world, copies.writer, {copies.b, copies.c}, of_the_write);
    StoreCluster& store = copies.store;
    store.wait(deletes ? store.del(copies.writer, "x", {}, Level::strong)
                       : store.put(copies.writer, "x", "new", {}, Level::strong));
    if (writer_reads) {
      read_here_and_there(copies, copies.writer, copies.reader, of_the_read);
    } else {
      read_here_and_there(copies, copies.reader, copies.writer, of_the_read);
    }
  });
}

/// The node that writes is gone in the middle, and reads through different majorities follow.
void a_writer_crashes(World& world, Duration after) {
  Copies copies(world);
  auto& [_, store, history, a, b, c, writer, reader] = copies;
  copies.write("old");
  cut(world, {a}, {b, c});
  store.put(writer, "x", "new", {}, Level::strong);
  world.run_for(after).crash(writer);
  for (const NodeId away : {b, a, c}) {
    world.heal();
    cut(world, {away}, store.nodes());
    store.got(copies.read(reader));
  }
  world.restart(writer);
  go_on(copies);
}

/// A copy that has missed the last write is the first to answer.
void a_copy_is_behind(World& world) {
  Copies copies(world);
  auto& [_, store, history, a, b, c, writer, reader] = copies;
  copies.write("old");
  cut(world, {c}, store.nodes());
  copies.write("new");
  world.heal();
  world.delay([&](const Envelope& message) { return message.from == a || message.from == b; },
              40ms);
  EXPECT_EQ(store.got(copies.read(reader)).values, Values{"new"});
  go_on(copies);
}

/// A write that reaches this copy alone.
void write_to_one(Copies& copies, NodeId copy, const std::string& value) {
  auto& [world, store, history, a, b, c, writer, reader] = copies;
  std::vector<NodeId> others = {a, b, c};
  std::erase(others, copy);
  cut(world, {copy}, others);
  let_pass(world, writer, others, 1);
  store.wait(store.put(writer, "x", value, {}, Level::strong));
  world.heal();
}

/// A copy answers after a majority has, while the reader is busy with what that told.
void an_answer_is_late(World& world, Duration by) {
  Copies copies(world);
  auto& [_, store, history, a, b, c, writer, reader] = copies;
  copies.write("old");
  write_to_one(copies, b, "new");
  write_to_one(copies, a, "newer");
  cut(world, {a}, {b, c});
  world.delay([&](const Envelope& message) { return message.from == a; }, by);
  store.wait(copies.read(reader));
  world.heal().isolate(reader);
  cut(world, {a}, store.nodes());
  store.wait(copies.read(writer));
  go_on(copies);
}

/// A copy that is far behind has the value that a write has, which was cut short.
void values_are_equal(World& world) {
  Copies copies(world);
  auto& [_, store, history, a, b, c, writer, reader] = copies;
  copies.write("same");
  cut(world, {c}, store.nodes());
  copies.write("other");
  world.heal();
  write_to_one(copies, a, "same");
  cut(world, {reader}, {b});
  store.wait(copies.read(reader));
  world.heal().isolate(reader);
  cut(world, {a}, store.nodes());
  store.wait(copies.read(writer));
  go_on(copies);
}

/// What a request sends after its first messages is lost, for two retries.
void messages_are_lost(World& world, bool writes, std::size_t messages) {
  Copies copies(world);
  auto& [_, store, history, a, b, c, writer, reader] = copies;
  copies.write("old");
  let_pass(world, writer, {a, b, c}, messages);
  const std::size_t request =
      writes ? store.put(writer, "x", "new", {}, Level::strong) : copies.read(writer);
  world.run_for(250ms).heal();
  if (writes) store.stored(request);
  if (!writes) store.got(request);
  go_on(copies);
}

GRADED_TEST(Strong, WhatIsShownStays, 1,
            "a write that was cut short is shown by all later reads or by none, whichever copies "
            "answer; and what gets lost on its way is asked again (CL1, CL4)") {
  for (const bool deletes : {false, true}) {
    for (const std::size_t of_the_write : {0U, 1U, 2U, 3U}) {
      for (const std::size_t of_the_read : {0U, 1U, 2U, 100U}) {
        for (const bool writer_reads : {false, true}) {
          a_write_is_cut_short(deletes, writer_reads, of_the_write, of_the_read);
        }
      }
    }
  }
  for (Duration after = 0ms; after <= 40ms; after += 2ms) {
    simulate({}, [=](World& world) { a_writer_crashes(world, after); });
  }
  simulate({}, a_copy_is_behind);
  for (const std::size_t messages : {0U, 1U, 2U, 3U}) {
    for (const bool writes : {false, true}) {
      simulate({}, [=](World& world) { messages_are_lost(world, writes, messages); });
    }
  }
  simulate({}, values_are_equal);
  for (Duration by = 0ms; by <= 40ms; by += 2ms) {
    simulate({}, [=](World& world) { an_answer_is_late(world, by); });
  }
}

}  // namespace
}  // namespace octet::store
