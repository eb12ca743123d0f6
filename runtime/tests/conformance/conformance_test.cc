#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <type_traits>

#include "runtime/tests/conformance/search_driver.h"
#include "runtime/tests/conformance/simulator_driver.h"
#include "runtime/tests/conformance/tcp_driver.h"

// What runtime/node.h promises, in every world alike. A test says what two puppets shall do, how
// far they shall get, and what must not be seen on the way. Every world has a driver for that, with
// the same members:
//
//     forbid(what, is_seen)    such a sight must not be seen: asked at every moment
//     input, rubbish           the application's; rubbish is bytes that are nothing
//     crash, restart
//     reaches(id, told)        goes on until the node has told that, and nothing else
//
// The simulator and TCP show one run. The search follows all; there a timer fires whatever its
// time, so that only what forbid() says is said of every order.

namespace octet::conformance {
namespace {

using namespace std::chrono_literals;
using Kind = Step::Kind;

template <class Driver>
class Conformance : public testing::Test {};

using Drivers = testing::Types<SimulatorDriver, TcpDriver, SearchDriver>;

struct DriverNames {
  template <class Driver>
  static std::string GetName(int) {
    if (std::is_same_v<Driver, SimulatorDriver>) return "Simulator";
    return std::is_same_v<Driver, TcpDriver> ? "Tcp" : "Search";
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

/// How often a node told that, whichever node.
std::size_t count(const Sight& at, const std::string& text) {
  std::size_t all = 0;
  for (const auto& [id, told] : at.told) {
    all += static_cast<std::size_t>(std::ranges::count(told, text));
  }
  return all;
}

auto more_often_than(std::size_t most, std::string text) {
  return [=](const Sight& at) { return count(at, text) > most; };
}

/// Node 1's, when it can be read.
std::size_t durable(const Sight& at) {
  const auto disk = at.disks.find(1);
  return disk == at.disks.end() ? 0 : disk->second.size();
}

auto disk_is_none_of(std::set<Strings> allowed) {
  return [=](const Sight& at) {
    const auto disk = at.disks.find(1);
    return disk != at.disks.end() && !allowed.contains(disk->second);
  };
}

/// What follows the text's last occurrence; all when it does not occur.
Strings since(const std::string& text, const Strings& told) {
  return {std::find(told.rbegin(), told.rend(), text).base(), told.end()};
}

TYPED_TEST(Conformance, EffectsHappenInOrder) {
  TypeParam world;
  world.forbid("c without b, or b without a", [](const Sight& at) {
    return count(at, "c") > count(at, "b") || count(at, "b") > count(at, "a");
  });
  world.input(1, {emit("a"), persist("r"), emit("b"), emit("c")});
  EXPECT_TRUE(world.reaches(1, {"started with", "a", "b", "c"}));
}

TYPED_TEST(Conformance, ASetTimerFiresOnce) {
  TypeParam world;
  world.forbid("it fires twice", more_often_than(1, "alarm short"));
  world.input(1, {set("short", 10ms), set("long", 60ms)});
  EXPECT_TRUE(world.reaches(1, {"started with", "alarm short", "alarm long"}));
}

TYPED_TEST(Conformance, AReplacedTimerNeverFires) {
  TypeParam world;
  world.forbid("it fires although it was replaced", more_often_than(1, "alarm moved"));
  world.input(1, {set("moved", 10ms), set("mark", 20ms), set("moved", 40ms), set("end", 60ms)});
  EXPECT_TRUE(world.reaches(1, {"started with", "alarm mark", "alarm moved", "alarm end"}));
}

TYPED_TEST(Conformance, ACancelledTimerNeverFires) {
  TypeParam world;
  world.forbid("it fires although it was cancelled", more_often_than(0, "alarm no"));
  world.input(1, {set("no", 10ms), set("end", 40ms), cancel("no"), cancel("never set")});
  EXPECT_TRUE(world.reaches(1, {"started with", "alarm end"}));
}

TYPED_TEST(Conformance, ATimerMayBeSetAgainAfterItFired) {
  TypeParam world;
  world.input(1, {set("again", 5ms)});
  EXPECT_TRUE(world.reaches(1, {"started with", "alarm again"}));
  world.input(1, {set("again", 5ms)});
  EXPECT_TRUE(world.reaches(1, {"started with", "alarm again", "alarm again"}));
}

TYPED_TEST(Conformance, WhatFollowsAPersistWaitsForTheDisk) {
  TypeParam world;
  world.forbid("told before the record is durable",
               [](const Sight& at) { return count(at, "after") > durable(at); });
  Strings told = {"started with"};
  for (int i = 0; i < 20; ++i) {
    world.input(1, {persist("r"), emit("after")});
    told.push_back("after");
    ASSERT_TRUE(world.reaches(1, told));
  }
}

TYPED_TEST(Conformance, ASendFollowsItsRecord) {
  TypeParam world;
  world.forbid("sent before the record is durable", [](const Sight& at) {
    return count(at, "from 1: durable") > 0 && durable(at) == 0;
  });
  world.input(1, {persist("r"), send(2, "durable")});
  EXPECT_TRUE(world.reaches(2, {"started with", "from 1: durable"}));
}

TYPED_TEST(Conformance, RecordsSurviveInOrder) {
  TypeParam world;
  // A crash may keep a beginning of each handler's records, and take an input with it.
  world.forbid("out of order, or with a gap",
               disk_is_none_of({{}, {"1"}, {"1", "2"}, {"1", "3"}, {"1", "2", "3"}, {"3"}}));
  world.input(1, {persist("1"), persist("2"), emit("first batch")});
  world.input(1, {persist("3"), emit("second batch")});
  EXPECT_TRUE(world.reaches(1, {"started with", "first batch", "second batch"}));
  world.crash(1);
  world.restart(1);
  EXPECT_TRUE(
      world.reaches(1, {"started with", "first batch", "second batch", "started with 1 2 3"}));
}

TYPED_TEST(Conformance, WhatWasToldIsRemembered) {
  TypeParam world;
  world.forbid("told, and forgotten by a crash", [](const Sight& at) {
    const Strings later = since("told", at.told.at(1));
    return count(at, "told") > 0 && std::ranges::count(later, "started with") > 0;
  });
  world.input(1, {persist("r"), emit("told")});
  EXPECT_TRUE(world.reaches(1, {"started with", "told"}));
  world.crash(1);
  world.restart(1);
  EXPECT_TRUE(world.reaches(1, {"started with", "told", "started with r"}));
}

TYPED_TEST(Conformance, ACompactReplacesWhatWasBefore) {
  TypeParam world;
  world.forbid("neither the old records nor the new",
               disk_is_none_of({{}, {"1"}, {"1", "2"}, {"sum"}, {"sum", "3"}}));
  world.input(1, {persist("1"), persist("2"), compact("sum"), persist("3"), emit("done")});
  EXPECT_TRUE(world.reaches(1, {"started with", "done"}));
  world.crash(1);
  world.restart(1);
  EXPECT_TRUE(world.reaches(1, {"started with", "done", "started with sum 3"}));
}

TYPED_TEST(Conformance, ARestartForgetsTimers) {
  TypeParam world;
  world.forbid("a timer of an earlier life fires", [](const Sight& at) {
    const Strings life = since("started with", at.told.at(1));
    return std::ranges::count(life, "alarm old") > std::ranges::count(life, "set old");
  });
  world.input(1, {emit("set old"), set("old", 20ms)});
  world.crash(1);
  world.restart(1);
  EXPECT_TRUE(world.reaches(1, {"started with", "set old", "started with"}));
  world.input(1, {set("new", 60ms)});
  EXPECT_TRUE(world.reaches(1, {"started with", "set old", "started with", "alarm new"}));
}

TYPED_TEST(Conformance, LargeMessagesArrive) {
  TypeParam world;
  const std::string large(3 << 20, 'x');
  world.forbid("something else arrives", [&](const Sight& at) {
    const Strings& told = at.told.at(2);
    return told.size() > 1 && told[1] != "from 1: " + large && told[1] != "started with";
  });
  world.input(1, {send(2, large)});
  EXPECT_TRUE(world.reaches(2, {"started with", "from 1: " + large}));
}

TYPED_TEST(Conformance, AMessageToOneselfArrives) {
  TypeParam world;
  world.forbid("it comes twice", more_often_than(1, "from 1: note"));
  world.input(1, {send(1, "note")});
  EXPECT_TRUE(world.reaches(1, {"started with", "from 1: note"}));
}

TYPED_TEST(Conformance, BytesThatAreNothingAreDropped) {
  TypeParam world;
  world.rubbish(1);
  world.input(1, {emit("alive")});
  EXPECT_TRUE(world.reaches(1, {"started with", "alive"}));
}

TYPED_TEST(Conformance, AChoiceIsInItsRange) {
  TypeParam world;
  world.forbid("it is not", more_often_than(0, "chose something else"));
  Strings told = {"started with"};
  for (int i = 0; i < 12; ++i) {
    world.input(1, std::vector<Step>(4, Step{.kind = Kind::choose}));
    told.insert(told.end(), 4, "chose one of 3");
    ASSERT_TRUE(world.reaches(1, told));
  }
}

}  // namespace
}  // namespace octet::conformance
