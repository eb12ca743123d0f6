#include <gtest/gtest.h>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/primary_backup.h"
#include "runtime/sim/world.h"

namespace octet::sim {
namespace {

using namespace std::chrono_literals;
using namespace examples::primary_backup;

constexpr NodeId primary = 10;
constexpr NodeId backup = 20;

void add_pair(World& world) {
  for (const NodeId id : {primary, backup}) {
    world.add(id, [] { return make_node(Replica({.primary = primary, .backup = backup})); });
  }
}

Protocol::Input append(std::string entry) {
  return Append{std::move(entry)};
}

std::vector<std::string> log(const World& world, NodeId id) {
  return world.view<Replica::View>(id).log;
}

TEST(SimulatedDisk, SendsWaitForTheRecordsBeforeThem) {
  World world(1, {.disk_latency = 300ms, .trace = true});
  add_pair(world);
  world.input(primary, append("x")).run_for(299ms);
  EXPECT_TRUE(log(world, backup).empty());
  EXPECT_TRUE(world.durable_records(primary).empty());
  world.run_for(1s);
  EXPECT_EQ(world.durable_records(primary).size(), 1U);
  EXPECT_EQ(log(world, backup).size(), 1U);
  EXPECT_EQ(world.outputs<Protocol::Output>(primary).size(), 1U);
}

TEST(SimulatedDisk, WritesOfABusyDiskGoInOneBatch) {
  World world(1, {.disk_latency = 100ms});
  add_pair(world);
  world.input(primary, append("1")).run_for(50ms);
  world.input(primary, append("2")).input(primary, append("3")).run_for(51ms);
  EXPECT_EQ(world.durable_records(primary).size(), 1U);
  world.run_for(98ms);
  EXPECT_EQ(world.durable_records(primary).size(), 1U);
  world.run_for(2ms);
  EXPECT_EQ(world.durable_records(primary).size(), 3U);
}

TEST(SimulatedDisk, ACrashKeepsABeginningOfWhatWasUnderWay) {
  std::set<std::size_t> kept;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    World world(seed, {.disk_latency = 100ms});
    add_pair(world);
    for (const char* entry : {"1", "2", "3"}) world.input(primary, append(entry));
    world.crash(primary).restart(primary);
    const auto left = log(world, primary);
    kept.insert(left.size());
    const std::vector<std::string> all = {"1", "2", "3"};
    EXPECT_TRUE(std::equal(left.begin(), left.end(), all.begin()));
  }
  EXPECT_EQ(kept, (std::set<std::size_t>{0, 1, 2, 3}));
}

TEST(SimulatedDisk, WhatIsDurableSurvives) {
  World world(1);
  add_pair(world);
  world.input(primary, append("x")).run_for(1s).crash(primary).crash(backup);
  world.restart(primary).restart(backup).run_for(1s);
  EXPECT_EQ(log(world, primary), std::vector<std::string>{"x"});
  EXPECT_EQ(log(world, backup), std::vector<std::string>{"x"});
}

TEST(SimulatedDisk, DisksMayLoseWhatTheyPromised) {
  World world(1);
  add_pair(world);
  for (const char* entry : {"1", "2", "3"}) world.input(primary, append(entry));
  world.run_for(1s).isolate(primary);
  world.crash(backup).restart_without_last(backup, 2);
  EXPECT_EQ(log(world, backup).size(), 1U);
  world.crash(backup).restart_with_empty_disk(backup);
  EXPECT_TRUE(log(world, backup).empty());
  world.crash(backup).restart(backup);
  EXPECT_TRUE(log(world, backup).empty());
}

TEST(SimulatedDisk, ACrashFallsBetweenTwoEffects) {
  // The handler of Copy persists first and answers then.
  for (const std::size_t effects : {0U, 1U, 2U}) {
    World world(1, {.disk_latency = 0ms});
    add_pair(world);
    world.crash_after_effects(backup, effects).input(primary, append("x")).run_for(50ms);
    EXPECT_FALSE(world.is_up(backup));
    EXPECT_TRUE(world.outputs<Protocol::Output>(primary).empty())
        << "an answer leaves when the record is durable, so after the handler";
    if (effects == 0) {
      EXPECT_TRUE(world.durable_records(backup).empty());
    }
    world.restart(backup).run_for(1s);
    EXPECT_EQ(world.outputs<Protocol::Output>(primary).size(), 1U);
  }
}

TEST(SimulatedDisk, APausedNodeSendsNothingWhileItsDiskWorks) {
  World world(1, {.disk_latency = 100ms});
  add_pair(world);
  world.input(primary, append("x")).pause(primary).run_for(1s);
  EXPECT_EQ(world.durable_records(primary).size(), 1U);
  EXPECT_TRUE(log(world, backup).empty());
  world.resume(primary).run_for(1s);
  EXPECT_EQ(log(world, backup).size(), 1U);
}

/// Says what it is told, and writes some of it down before.
struct Write {
  int number = 0;
};
struct Say {
  int number = 0;
};
struct Scribe {
  struct Protocol : ProtocolDefaults {
    using Input = std::variant<Write, Say>;
    using Output = std::variant<Say>;
    using Record = std::variant<Write>;
  };
  using Context = octet::Context<Protocol>;
  struct View {};

  void start(std::span<const Protocol::Record>, Context&) {}
  void on(const Write& write, Context& ctx) {
    ctx.persist(write);
    ctx.emit(Say{write.number});
  }
  void on(const Say& say, Context& ctx) { ctx.emit(say); }
  View view() const { return {}; }
  bool operator==(const Scribe&) const = default;
  template <class Archive>
  void serialize(Archive&) {}
};

TEST(SimulatedDisk, EffectsKeepTheirOrderOverAPause) {
  World world(1, {.disk_latency = 100ms});
  world.add(1, [] { return make_node(Scribe()); });
  world.input(1, Scribe::Protocol::Input(Write{1})).pause(1);
  world.input(1, Scribe::Protocol::Input(Say{2})).run_for(1s);  // the disk is done by now
  world.resume(1).run_for(1s);
  std::vector<int> said;
  for (const auto& output : world.outputs<Scribe::Protocol::Output>(1)) {
    said.push_back(std::get<Say>(output).number);
  }
  EXPECT_EQ(said, (std::vector<int>{1, 2}));
}

TEST(SimulatedDisk, ASlowDiskIsSlow) {
  World world(1);
  add_pair(world);
  world.slow_disk(backup, 5s).input(primary, append("x")).run_for(5s);
  EXPECT_TRUE(world.outputs<Protocol::Output>(primary).empty());
  world.run_for(1s);
  EXPECT_EQ(world.outputs<Protocol::Output>(primary).size(), 1U);
}

}  // namespace
}  // namespace octet::sim
