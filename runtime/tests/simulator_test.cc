#include <gtest/gtest.h>

#include "runtime/erase/erased_node.h"
#include "runtime/examples/ping.h"
#include "runtime/sim/world.h"

namespace octet::sim {
namespace {

using namespace std::chrono_literals;
using namespace examples::ping;

std::unique_ptr<AnyNode> pinger() {
  return make_node(Pinger());
}

Protocol::Input ask(NodeId whom) {
  return Ask{whom};
}

void add_pingers(World& world, std::uint32_t count) {
  for (std::uint32_t id = 1; id <= count; ++id) world.add(id, pinger);
}

std::uint64_t answered(const World& world, NodeId id) {
  return world.view<Pinger::View>(id).answered;
}

/// The times of the trace's events of one kind on one node.
std::vector<Duration> times(const World& world, trace::Event::Kind kind, NodeId node) {
  std::vector<Duration> times;
  for (const trace::Event& event : world.trace()) {
    if (event.kind == kind && event.node == node) times.push_back(event.at);
  }
  return times;
}

TEST(Simulator, AMessageTakesTheNetworksTime) {
  World world(1, {.network = {.min_latency = 3ms, .max_latency = 5ms}, .trace = true});
  add_pingers(world, 2);
  world.input(1, ask(2)).run_for(1s);
  EXPECT_EQ(world.outputs<Protocol::Output>(1).size(), 1U);
  EXPECT_EQ(answered(world, 1), 1U);
  EXPECT_EQ(world.delivered(), 2U);
  const auto arrived = times(world, trace::Event::Kind::deliver, 2);
  ASSERT_EQ(arrived.size(), 1U);
  EXPECT_GE(arrived[0], 3ms);
  EXPECT_LE(arrived[0], 5ms);
  EXPECT_EQ(world.now(), 1s);
}

TEST(Simulator, AnApplicationAnswersWhatItHears) {
  World world(1);
  add_pingers(world, 2);
  int heard = 0;
  world.listen<Protocol::Output>(1, [&](const Protocol::Output& output) {
    EXPECT_EQ(std::get<Answered>(output).number, static_cast<std::uint64_t>(++heard));
    if (heard < 3) world.input(1, ask(2));
  });
  world.input(1, ask(2)).run_for(1s);
  EXPECT_EQ(heard, 3);
  EXPECT_EQ(answered(world, 1), 3U);
}

TEST(Simulator, AnApplicationHearsBeforeAnythingElseHappens) {
  World world(1, {.network = {.min_latency = 5ms, .max_latency = 5ms}});
  add_pingers(world, 2);
  std::vector<std::string> happened;
  world.listen<Protocol::Output>(1, [&](const auto&) { happened.emplace_back("it hears"); });
  world.input(1, ask(2)).run_for(6ms);  // the answer is on its way, and arrives at 10 ms
  world.at(10ms, [&] {
    EXPECT_EQ(answered(world, 1), 1U);
    happened.emplace_back("something else");
  });
  world.run_for(1s);
  EXPECT_EQ(happened, (std::vector<std::string>{"it hears", "something else"}));
}

TEST(Simulator, NothingHappensAfterAViolation) {
  World world(1);
  add_pingers(world, 2);
  world.always("nobody asks", [&] { return world.delivered() == 0 ? "" : "somebody asks"; });
  world.input(1, ask(2)).run_for(1s);
  ASSERT_EQ(world.failure(), "somebody asks");
  const Bytes before = world.node(1).state();
  world.input(1, ask(2)).run_for(1s);
  EXPECT_EQ(world.node(1).state(), before);
  EXPECT_EQ(world.delivered(), 1U);
}

TEST(Simulator, ASecondCopyMayComeMuchLater) {
  World world(1, {.trace = true});
  add_pingers(world, 2);
  world.duplicate([](const Envelope& message) { return message.to == NodeId(2); }, 30s);
  world.input(1, ask(2)).run_for(60s);
  const auto arrived = times(world, trace::Event::Kind::deliver, 2);
  ASSERT_EQ(arrived.size(), 2U);
  EXPECT_LE(arrived[0], 10ms);
  EXPECT_GT(arrived[1], 30s);
  EXPECT_LE(arrived[1], 30s + 10ms);
}

TEST(Simulator, LostMessagesAreSentAgain) {
  World world(7, {.network = {.loss = 500'000}});
  add_pingers(world, 2);
  for (int i = 0; i < 50; ++i) world.input(1, ask(2));
  EXPECT_TRUE(world.run_until([&] { return answered(world, 1) == 50; }, 60s));
  EXPECT_EQ(world.outputs<Protocol::Output>(1).size(), 50U);
  EXPECT_GT(world.now(), 100ms) << "nothing was lost";
}

TEST(Simulator, DuplicatesArriveTwice) {
  World world(7, {.network = {.duplication = 1'000'000}});
  add_pingers(world, 2);
  world.input(1, ask(2)).run_for(90ms);
  EXPECT_EQ(world.delivered(), 2U + 4U) << "two pings, and each has two pongs";
  EXPECT_EQ(world.outputs<Protocol::Output>(1).size(), 1U);
}

TEST(Simulator, ALateMessageOutlivesATimer) {
  World world(7, {.network = {.long_delay = 1'000'000, .longest_delay = 1h}, .trace = true});
  add_pingers(world, 2);
  world.input(1, ask(2)).run_for(2h);
  EXPECT_EQ(answered(world, 1), 1U);
  EXPECT_GT(times(world, trace::Event::Kind::fire, 1).size(), 10U);
}

TEST(Simulator, CutsAreOneWay) {
  World world(1);
  add_pingers(world, 3);
  world.cut_one_way(2, 1).input(1, ask(2)).input(1, ask(3)).run_for(10s);
  EXPECT_EQ(answered(world, 1), 1U) << "the pongs of 2 die, those of 3 do not";
  world.heal().run_for(1s);
  EXPECT_EQ(answered(world, 1), 2U);
}

TEST(Simulator, ACutTakesWhatIsUnderWay) {
  World world(1);
  add_pingers(world, 2);
  world.input(1, ask(2)).cut_one_way(1, 2).run_for(50ms).heal().run_for(30ms);
  EXPECT_EQ(world.delivered(), 0U);
}

TEST(Simulator, PartitionsAndBridges) {
  World world(1);
  add_pingers(world, 5);
  world.partition({{1, 2}, {3, 4, 5}});
  world.input(1, ask(2)).input(1, ask(3)).input(3, ask(5)).run_for(5s);
  EXPECT_EQ(answered(world, 1), 1U);
  EXPECT_EQ(answered(world, 3), 1U);
  world.heal().bridge(3, {1, 2}, {4, 5}).run_for(5s);
  EXPECT_EQ(answered(world, 1), 2U) << "3 reaches both halves";
  world.input(1, ask(4)).run_for(5s);
  EXPECT_EQ(answered(world, 1), 2U) << "but 1 does not reach the other one";
  world.heal().isolate(4).input(1, ask(5)).run_for(5s);
  EXPECT_EQ(answered(world, 1), 3U);
}

TEST(Simulator, RulesTakeTheMessagesThatTheyName) {
  World world(1);
  add_pingers(world, 2);
  const auto is_pong = [](const Envelope& message) {
    Protocol::Message content;
    decode(message.bytes, content);
    return std::holds_alternative<Pong>(content);
  };
  world.drop(is_pong).input(1, ask(2)).run_for(10s);
  EXPECT_EQ(answered(world, 1), 0U);
  world.heal().delay(is_pong, 10s).run_for(9s);
  EXPECT_EQ(answered(world, 1), 0U);
  world.run_for(2s);
  EXPECT_EQ(answered(world, 1), 1U);
  world.heal().duplicate(is_pong).run_for(20s);
  const std::uint64_t before = world.delivered();
  world.input(1, ask(2)).run_for(90ms);
  EXPECT_EQ(world.delivered() - before, 3U);
}

TEST(Simulator, ACrashForgetsMemoryAndTimers) {
  World world(1, {.trace = true});
  add_pingers(world, 2);
  world.isolate(2).input(1, ask(2)).crash(1).heal().run_for(1s);
  EXPECT_FALSE(world.is_up(1));
  EXPECT_TRUE(times(world, trace::Event::Kind::fire, 1).empty());
  world.input(1, ask(2)).run_for(1s);
  world.restart(1).run_for(1s);
  EXPECT_EQ(world.view<Pinger::View>(1).asked, 0U);
  EXPECT_TRUE(times(world, trace::Event::Kind::fire, 1).empty());
}

TEST(Simulator, APausedNodeCatchesUp) {
  World world(1);
  add_pingers(world, 2);
  world.pause(2).input(1, ask(2)).run_for(1s);
  EXPECT_EQ(answered(world, 1), 0U);
  EXPECT_EQ(world.delivered(), 0U);
  world.resume(2).run_for(100ms);
  EXPECT_EQ(answered(world, 1), 1U);
}

TEST(Simulator, ActionsHappenAtTheirTimes) {
  World world(1);
  add_pingers(world, 2);
  std::vector<Duration> seen;
  world.at(2s, [&] { seen.push_back(world.now()); }).at(1s, [&] {
    seen.push_back(world.now());
    world.input(1, ask(2));
  });
  world.run_for(3s);
  EXPECT_EQ(seen, (std::vector<Duration>{1s, 2s}));
  EXPECT_EQ(answered(world, 1), 1U);
}

TEST(Simulator, APropertyEndsTheRunAtItsEvent) {
  World world(1);
  add_pingers(world, 2);
  world.always("nobody answers",
               [&]() -> std::string { return answered(world, 1) == 0 ? "" : "an answer came"; });
  world.input(1, ask(2)).run_for(1s);
  EXPECT_EQ(world.failure(), "an answer came");
  EXPECT_EQ(world.property(), "nobody answers");
  EXPECT_LT(world.now(), 20ms);
  const Duration end = world.now();
  EXPECT_EQ(world.run_for(1s).now(), end);
}

TEST(Simulator, WhatHappensElsewhereChangesNoFateOfOthers) {
  // Nodes 3 and 4 talk or do not; the messages and timers of 1 and 2 keep their times.
  const auto times_of_two = [](bool others_talk) {
    World world(5, {.network = {.loss = 300'000, .duplication = 300'000}, .trace = true});
    add_pingers(world, 4);
    if (others_talk) {
      for (int i = 0; i < 20; ++i) world.input(3, ask(4));
    }
    for (int i = 0; i < 5; ++i) world.input(1, ask(2));
    world.run_for(3s);
    auto all = times(world, trace::Event::Kind::deliver, 2);
    const auto timers = times(world, trace::Event::Kind::fire, 1);
    all.insert(all.end(), timers.begin(), timers.end());
    return all;
  };
  EXPECT_GT(times_of_two(false).size(), 7U);
  EXPECT_EQ(times_of_two(false), times_of_two(true));
}

TEST(Simulator, WhatHasArrivedAtAPausedNodeIsNotCutOff) {
  World world(1);
  add_pingers(world, 2);
  world.pause(2).input(1, ask(2)).run_for(50ms).cut_one_way(1, 2);
  world.resume(2).run_for(20ms);
  EXPECT_EQ(answered(world, 1), 1U);
}

TEST(Simulator, PropertiesAreAskedAfterEachEventThatAPausedNodeHasMissed) {
  World world(1);
  add_pingers(world, 2);
  world.pause(2).input(1, ask(2)).input(1, ask(2)).run_for(50ms);
  world.always("nobody gets a first message",
               [&] { return world.delivered() == 1 ? "somebody gets one" : ""; });
  world.resume(2);
  EXPECT_EQ(world.failure(), "somebody gets one");
  EXPECT_EQ(world.delivered(), 1U) << "that ends the run";
}

/// The trace's losses, as "1 to 2, message 3: of what".
std::vector<std::string> losses(const World& world) {
  std::vector<std::string> all;
  for (const trace::Event& event : world.trace()) {
    if (event.kind != trace::Event::Kind::lose) continue;
    all.push_back(std::to_string(event.node.value) + " to " + std::to_string(event.peer.value) +
                  ", message " + std::to_string(event.id) + ": " + event.text);
  }
  return all;
}

TEST(Simulator, WhatAPausedNodeHoldsIsLostInItsCrash) {
  World world(1, {.trace = true});
  add_pingers(world, 3);
  world.pause(3).input(1, ask(3)).run_for(50ms).input(2, ask(3)).run_for(50ms);
  EXPECT_TRUE(losses(world).empty());
  world.crash(3);
  EXPECT_EQ(losses(world), (std::vector<std::string>{
                               "1 to 3, message 1: the receiver crashed before it took it",
                               "2 to 3, message 2: the receiver crashed before it took it"}));
  world.restart(3).run_for(1s);
  EXPECT_EQ(answered(world, 1), 1U) << "it was asked again";
}

TEST(Simulator, ANodeThatCrashesWhenItResumesLosesTheRest) {
  World world(1, {.trace = true});
  add_pingers(world, 3);
  world.pause(3).input(1, ask(3)).run_for(50ms).input(2, ask(3)).run_for(50ms);
  world.crash_after_effects(3, 0).resume(3);
  EXPECT_FALSE(world.is_up(3));
  EXPECT_EQ(
      losses(world),
      (std::vector<std::string>{"2 to 3, message 2: the receiver crashed before it took it"}));
}

TEST(Simulator, FaultsAreToldWhenTheyHappened) {
  World world(1);
  add_pingers(world, 2);
  const Plan plan = {{.kind = Fault::Kind::pause, .at = 1s, .until = 2s, .node = 1},
                     {.kind = Fault::Kind::crash, .at = 5s, .node = 2}};
  world.apply(plan).run_for(3s);
  EXPECT_EQ(world.faults(), Plan{plan[0]});
  world.run_for(3s);
  EXPECT_EQ(world.faults(), plan);
  EXPECT_FALSE(world.is_up(2));
}

}  // namespace
}  // namespace octet::sim
