#include <gtest/gtest.h>

#include "runtime/tests/conformance/drivers.h"

// What runtime/node.h promises, in every world alike.

namespace octet::conformance {
namespace {

using namespace std::chrono_literals;
using Kind = Step::Kind;
using Strings = std::vector<std::string>;

template <class Driver>
class Conformance : public testing::Test {};

using Drivers = testing::Types<SimulatorDriver, TcpDriver>;

struct DriverNames {
  template <class Driver>
  static std::string GetName(int) {
    return std::is_same_v<Driver, SimulatorDriver> ? "Simulator" : "Tcp";
  }
};
TYPED_TEST_SUITE(Conformance, Drivers, DriverNames);

Step emit(std::string text) {
  return {.kind = Kind::emit, .text = std::move(text)};
}
Step send(NodeId to, std::string text) {
  return {.kind = Kind::send, .text = std::move(text), .to = to};
}
Step set(std::string text, Duration after) {
  return {.kind = Kind::set_timer, .text = std::move(text), .after = after};
}
Step cancel(std::string text) {
  return {.kind = Kind::cancel_timer, .text = std::move(text)};
}
Step persist(std::string text) {
  return {.kind = Kind::persist, .text = std::move(text)};
}
Step compact(std::string text) {
  return {.kind = Kind::compact, .text = std::move(text)};
}

/// The network may lose messages, also real ones while nobody is connected yet.
template <class Driver>
void connect(Driver& world) {
  for (int i = 0; world.seen(2).size() < 2; ++i) {
    ASSERT_LT(i, 1000) << "they never meet";
    world.input(1, {send(2, "hello"), set("tried", 5ms)});
    const std::size_t before = world.seen(1).size();
    ASSERT_TRUE(world.wait(1, before + 1));
  }
}

TYPED_TEST(Conformance, EffectsHappenInOrder) {
  TypeParam world;
  world.input(1, {emit("a"), persist("r"), emit("b"), emit("c")});
  ASSERT_TRUE(world.wait(1, 4));
  EXPECT_EQ(world.seen(1), (Strings{"started with", "a", "b", "c"}));
}

TYPED_TEST(Conformance, ASetTimerFiresOnce) {
  TypeParam world;
  world.input(1, {set("short", 10ms), set("long", 60ms)});
  ASSERT_TRUE(world.wait(1, 3));
  EXPECT_EQ(world.seen(1), (Strings{"started with", "alarm short", "alarm long"}));
}

TYPED_TEST(Conformance, AReplacedTimerNeverFires) {
  TypeParam world;
  world.input(1, {set("moved", 10ms), set("mark", 20ms), set("moved", 40ms), set("end", 60ms)});
  ASSERT_TRUE(world.wait(1, 4));
  EXPECT_EQ(world.seen(1), (Strings{"started with", "alarm mark", "alarm moved", "alarm end"}));
}

TYPED_TEST(Conformance, ACancelledTimerNeverFires) {
  TypeParam world;
  world.input(1, {set("no", 10ms), set("end", 40ms), cancel("no"), cancel("never set")});
  ASSERT_TRUE(world.wait(1, 2));
  EXPECT_EQ(world.seen(1), (Strings{"started with", "alarm end"}));
}

TYPED_TEST(Conformance, ATimerMayBeSetAgainAfterItFired) {
  TypeParam world;
  world.input(1, {set("again", 5ms)});
  ASSERT_TRUE(world.wait(1, 2));
  world.input(1, {set("again", 5ms)});
  ASSERT_TRUE(world.wait(1, 3));
  EXPECT_EQ(world.seen(1).back(), "alarm again");
}

TYPED_TEST(Conformance, WhatFollowsAPersistWaitsForTheDisk) {
  TypeParam world;
  for (std::size_t i = 1; i <= 20; ++i) {
    world.input(1, {persist("r"), emit("after")});
    EXPECT_LT(world.seen(1).size(), i + 1) << "the disk cannot have been so quick";
    ASSERT_TRUE(world.wait(1, i + 1));
    EXPECT_GE(world.durable(1), i);
  }
}

TYPED_TEST(Conformance, ASendFollowsItsRecord) {
  TypeParam world;
  connect(world);
  const std::size_t before = world.seen(2).size();
  world.input(1, {persist("r"), send(2, "durable")});
  ASSERT_TRUE(world.wait(2, before + 1));
  EXPECT_EQ(world.durable(1), 1U);
}

TYPED_TEST(Conformance, RecordsSurviveInOrder) {
  TypeParam world;
  world.input(1, {persist("1"), persist("2"), emit("first batch")});
  world.input(1, {persist("3"), emit("second batch")});
  ASSERT_TRUE(world.wait(1, 3));
  world.crash(1);
  world.restart(1);
  ASSERT_TRUE(world.wait(1, 4));
  EXPECT_EQ(world.seen(1).back(), "started with 1 2 3");
}

TYPED_TEST(Conformance, ACompactReplacesWhatWasBefore) {
  TypeParam world;
  world.input(1, {persist("1"), persist("2"), compact("sum"), persist("3"), emit("done")});
  ASSERT_TRUE(world.wait(1, 2));
  world.crash(1);
  world.restart(1);
  ASSERT_TRUE(world.wait(1, 3));
  EXPECT_EQ(world.seen(1).back(), "started with sum 3");
}

TYPED_TEST(Conformance, ARestartForgetsTimers) {
  TypeParam world;
  world.input(1, {set("old", 20ms)});
  world.crash(1);
  world.restart(1);
  ASSERT_TRUE(world.wait(1, 2));
  world.input(1, {set("new", 60ms)});
  ASSERT_TRUE(world.wait(1, 3));
  EXPECT_EQ(world.seen(1), (Strings{"started with", "started with", "alarm new"}));
}

TYPED_TEST(Conformance, LargeMessagesArrive) {
  TypeParam world;
  connect(world);
  const std::size_t before = world.seen(2).size();
  const std::string large(3 << 20, 'x');
  world.input(1, {send(2, large)});
  ASSERT_TRUE(world.wait(2, before + 1));
  EXPECT_EQ(world.seen(2).back(), "from 1: " + large);
}

TYPED_TEST(Conformance, AMessageToOneselfArrives) {
  TypeParam world;
  world.input(1, {send(1, "note")});
  ASSERT_TRUE(world.wait(1, 2));
  EXPECT_EQ(world.seen(1).back(), "from 1: note");
}

TYPED_TEST(Conformance, BytesThatAreNothingAreDropped) {
  TypeParam world;
  world.rubbish(1);
  world.input(1, {emit("alive")});
  ASSERT_TRUE(world.wait(1, 2));
  EXPECT_EQ(world.seen(1).back(), "alive");
}

TYPED_TEST(Conformance, AChoiceIsInItsRange) {
  TypeParam world;
  world.input(1, std::vector<Step>(50, Step{.kind = Kind::choose}));
  ASSERT_TRUE(world.wait(1, 51));
  EXPECT_EQ(world.seen(1), [] {
    Strings all(51, "chose one of 3");
    all[0] = "started with";
    return all;
  }());
}

}  // namespace
}  // namespace octet::conformance
