#include <gtest/gtest.h>

#include "runtime/erase/erased_node.h"
#include "runtime/sim/world.h"

namespace octet::sim {
namespace {

using namespace std::chrono_literals;

struct Alarm {
  int number = 0;
};
struct SetAlarm {
  int number = 0;
  Duration after{};
};
struct CancelAlarm {
  int number = 0;
};
struct Throw {};
struct Rang {
  int number = 0;
  Duration now{};
  Duration wall{};
};
struct Choose {};
struct Chose {
  std::uint64_t what = 0;
};

struct BellProtocol : ProtocolDefaults {
  using Timer = std::variant<Alarm>;
  using Input = std::variant<SetAlarm, CancelAlarm, Throw, Choose>;
  using Output = std::variant<Rang, Chose>;
};

/// Does what it is told to.
struct Bell {
  using Protocol = BellProtocol;
  using Context = octet::Context<Protocol>;
  struct View {};

  void start(std::span<const Protocol::Record>, Context&) {}
  void on(const SetAlarm& set, Context& ctx) { ctx.set_timer(Alarm{set.number}, set.after); }
  void on(const CancelAlarm& cancel, Context& ctx) { ctx.cancel_timer(Alarm{cancel.number}); }
  void on(const Throw&, Context&) { throw std::runtime_error("no bell"); }
  void on(const Choose&, Context& ctx) { ctx.emit(Chose{ctx.choose(1'000)}); }
  void on(const Alarm& alarm, Context& ctx) {
    ctx.emit(Rang{alarm.number, ctx.now().time_since_epoch(), ctx.wall_clock().time_since_epoch()});
  }
  View view() const { return {}; }
  bool operator==(const Bell&) const = default;
  template <class Archive>
  void serialize(Archive&) {}
};

using Input = BellProtocol::Input;

void add_bells(World& world, std::uint32_t count) {
  for (std::uint32_t id = 1; id <= count; ++id) world.add(id, [] { return make_node(Bell()); });
}

std::vector<Rang> rang(const World& world, NodeId id) {
  std::vector<Rang> all;
  for (const auto& output : world.outputs<BellProtocol::Output>(id)) {
    all.push_back(std::get<Rang>(output));
  }
  return all;
}

TEST(Simulator, ASetTimerFiresOnce) {
  World world(1);
  add_bells(world, 1);
  world.input(1, Input(SetAlarm{1, 1s})).run_for(999ms);
  EXPECT_TRUE(rang(world, 1).empty());
  world.run_for(10s);
  ASSERT_EQ(rang(world, 1).size(), 1U);
  EXPECT_EQ(rang(world, 1)[0].now, 1s);
}

TEST(Simulator, ATimerThatIsSetAgainIsReplaced) {
  World world(1);
  add_bells(world, 1);
  world.input(1, Input(SetAlarm{1, 1s})).input(1, Input(SetAlarm{2, 3s}));
  world.run_for(500ms).input(1, Input(SetAlarm{1, 4s})).run_for(10s);
  const auto all = rang(world, 1);
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].number, 2);
  EXPECT_EQ(all[1].now, 4500ms);
}

TEST(Simulator, ACancelledTimerNeverFires) {
  World world(1);
  add_bells(world, 1);
  world.input(1, Input(SetAlarm{1, 1s})).input(1, Input(CancelAlarm{1})).run_for(10s);
  EXPECT_TRUE(rang(world, 1).empty());
  world.input(1, Input(CancelAlarm{7})).input(1, Input(SetAlarm{1, 1s})).run_for(2s);
  EXPECT_EQ(rang(world, 1).size(), 1U);
}

TEST(Simulator, ClocksDriftAndJump) {
  World world(1);
  add_bells(world, 3);
  world.run_for(10s).skew_clock(1, 100'000).skew_clock(2, -500'000).jump_clock(3, -1h);
  for (const NodeId id : {1, 2, 3}) world.input(id, Input(SetAlarm{1, 1100ms}));
  world.run_for(1s);
  ASSERT_EQ(rang(world, 1).size(), 1U) << "its second is shorter";
  EXPECT_EQ(rang(world, 1)[0].now, 11100ms);
  EXPECT_TRUE(rang(world, 2).empty());
  world.run_for(2s);
  ASSERT_EQ(rang(world, 2).size(), 1U);
  EXPECT_EQ(rang(world, 2)[0].now, 11100ms) << "each sees the time that it has asked for";
  EXPECT_EQ(rang(world, 3)[0].now, 11100ms) << "a jump of the wall clock alone";
  EXPECT_EQ(rang(world, 3)[0].wall, 11100ms - 1h);
}

TEST(Simulator, ATimerOfAPausedNodeFiresLater) {
  World world(1);
  add_bells(world, 1);
  world.input(1, Input(SetAlarm{1, 1s})).pause(1).run_for(10s);
  EXPECT_TRUE(rang(world, 1).empty());
  world.resume(1);
  ASSERT_EQ(rang(world, 1).size(), 1U);
  EXPECT_EQ(rang(world, 1)[0].now, 10s) << "its clock went on";
}

TEST(Simulator, AHandlerThatThrowsEndsItsNodeAlone) {
  World world(1);
  add_bells(world, 2);
  world.input(2, Input(SetAlarm{1, 1s})).input(1, Input(Throw())).run_for(2s);
  EXPECT_EQ(world.failure(), "node 1 (Bell) threw in its handler of Throw{}: no bell");
  EXPECT_FALSE(world.is_up(1));
  EXPECT_EQ(rang(world, 2).size(), 1U);
}

struct Scrap {
  std::string text;
};
struct ScribeProtocol : ProtocolDefaults {
  using Record = std::variant<Scrap>;
};

/// Writes a record of its own protocol, which a bell cannot read.
struct Scribe {
  using Protocol = ScribeProtocol;
  struct View {};
  void start(std::span<const Protocol::Record>, Context<Protocol>& ctx) {
    ctx.persist(Scrap{"hello"});
  }
  View view() const { return {}; }
  bool operator==(const Scribe&) const = default;
  template <class Archive>
  void serialize(Archive&) {}
};

struct DrawerProtocol : ProtocolDefaults {
  using Record = std::variant<Alarm>;
};
struct Drawer {
  using Protocol = DrawerProtocol;
  struct View {};
  void start(std::span<const Protocol::Record>, Context<Protocol>&) {}
  View view() const { return {}; }
  bool operator==(const Drawer&) const = default;
  template <class Archive>
  void serialize(Archive&) {}
};

TEST(Simulator, ANodeThatCannotReadItsDiskIsDead) {
  World world(1);
  int lives = 0;
  world.add(1, [&lives] { return lives++ == 0 ? make_node(Scribe()) : make_node(Drawer()); });
  world.run_for(1s).crash(1).restart(1);
  EXPECT_EQ(world.failure(),
            "node 1 (Drawer) cannot start: record 1 of 1 on its disk is none of its protocol's");
  EXPECT_EQ(world.property(), "a node can read its disk");
  EXPECT_FALSE(world.is_up(1));
}

TEST(Simulator, BytesThatAreNoInputAreCountedAndDropped) {
  World world(1, {.trace = true});
  add_bells(world, 1);
  world.input_bytes(1, "rubbish");
  EXPECT_EQ(world.undecodable(), 1U);
  EXPECT_TRUE(world.is_up(1));
  EXPECT_EQ(world.trace().back().kind, trace::Event::Kind::undecodable);
}

TEST(Simulator, ChoicesFollowFromTheSeed) {
  const auto choices = [](std::uint64_t seed) {
    World world(seed);
    add_bells(world, 2);
    std::vector<std::uint64_t> all;
    for (int i = 0; i < 5; ++i) {
      for (const NodeId id : {1, 2}) world.input(id, Input(Choose()));
    }
    for (const NodeId id : {1, 2}) {
      for (const auto& output : world.outputs<BellProtocol::Output>(id)) {
        all.push_back(std::get<Chose>(output).what);
      }
    }
    return all;
  };
  EXPECT_EQ(choices(1), choices(1));
  EXPECT_NE(choices(1), choices(2));
  const auto of_one = choices(1);
  EXPECT_GT(std::set<std::uint64_t>(of_one.begin(), of_one.end()).size(), 7U);
}

}  // namespace
}  // namespace octet::sim
