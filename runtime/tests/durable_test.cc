#include "runtime/durable/durable.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>

#include "runtime/durable/links.h"
#include "runtime/erase/erased_node.h"
#include "runtime/sim/storm.h"
#include "runtime/sim/world.h"

namespace octet {
namespace {

using namespace std::chrono_literals;

// A node that has no records and no retries, and needs all of its messages in order: it writes down
// what it hears, and draws and reads clocks while it does.

struct Word {
  std::string text;
  std::uint64_t die = 0;
};
struct Say {
  NodeId to;
  std::string text;
};
struct Heard {
  NodeId from;
  std::string text;
};
struct Beat {};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Word>;
  using Input = std::variant<Say>;
  using Output = std::variant<Heard>;
  using Timer = std::variant<Beat>;
};

struct Listener {
  using Protocol = octet::Protocol;
  struct View {
    std::map<std::uint32_t, std::string> heard;  // by who said it
    std::string said;
    std::uint64_t sum = 0;  // of all dice and clocks
    int beats = 0;
  };

  void start(std::span<const Protocol::Record>, Context<Protocol>& ctx) {
    ctx.set_timer(Beat(), 50ms, 150ms);
  }
  void on(const Say& say, Context<Protocol>& ctx) {
    shown.said += say.text;
    ctx.send(say.to, Word{say.text, ctx.choose(6)});
  }
  void on(const Word& word, NodeId from, Context<Protocol>& ctx) {
    shown.heard[from.value] += word.text;
    shown.sum +=
        word.die + ctx.choose(6) + static_cast<std::uint64_t>(ctx.now().time_since_epoch().count());
    ctx.emit(Heard{from, word.text});
  }
  void on(const Beat&, Context<Protocol>& ctx) {
    ++shown.beats;
    ctx.set_timer(Beat(), 50ms, 150ms);
  }

  View view() const { return shown; }
  bool operator==(const Listener& other) const { return shown.sum == other.shown.sum; }
  template <class Archive>
  void serialize(Archive& archive) {
    archive(shown.heard, shown.said, shown.sum, shown.beats);
  }

  View shown;
};

void add_listeners(sim::World& world) {
  for (const NodeId id : {1, 2, 3}) {
    world.add(id, [] { return make_durable(make_node(Listener())); });
  }
}

TEST(Durable, EveryMessageArrivesOnceAndInOrderThroughEveryStorm) {
  std::uint64_t crashes = 0;
  for (std::uint64_t seed = 1; seed <= 50; ++seed) {
    sim::World world(seed,
                     {.network = {.loss = 200'000, .duplication = 200'000, .long_delay = 50'000}});
    const sim::Plan plan = sim::draw_plan(
        seed, {.nodes = {1, 2, 3}, .crashes = 4, .torn_handlers = 8, .pauses = 3, .partitions = 3});
    world.apply(plan);
    add_listeners(world);
    for (int i = 0; i < 40; ++i) {
      world.at(i * 250ms, [&world, i] {
        const NodeId who = static_cast<std::uint32_t>(1 + i % 2);
        world.input(who, Protocol::Input(Say{3, std::string(1, static_cast<char>('A' + i))}));
      });
    }
    world.run_for(60s);
    for (const sim::Fault& fault : world.faults()) {
      crashes += fault.kind == sim::Fault::Kind::crash || fault.kind == sim::Fault::Kind::torn;
    }
    for (const NodeId id : {1, 2, 3}) world.restart(id);
    world.run_for(10s);
    const auto heard = world.view<Listener::View>(3).heard;
    for (const NodeId id : {1, 2}) {
      const std::string said = world.view<Listener::View>(id).said;
      EXPECT_GT(said.size(), 5U);
      EXPECT_EQ(heard.at(id.value), said) << "seed " << seed;
    }
  }
  EXPECT_GT(crashes, 100U);
}

TEST(Durable, ARestartKnowsWhatItKnewAndTellsItAgain) {
  sim::World world(7);
  add_listeners(world);
  for (int i = 0; i < 5; ++i) world.input(1, Protocol::Input(Say{3, "x"}));
  world.run_for(1s);
  const auto before = world.view<Listener::View>(3);
  ASSERT_EQ(before.heard.at(1), "xxxxx");
  ASSERT_GT(before.beats, 3);
  world.crash(3).run_for(1s).restart(3);
  const auto after = world.view<Listener::View>(3);
  EXPECT_EQ(after.heard, before.heard);
  EXPECT_EQ(after.sum, before.sum) << "clocks and choices are those of the first life";
  EXPECT_EQ(after.beats, before.beats);
  world.run_for(1s);
  EXPECT_GT(world.view<Listener::View>(3).beats, before.beats) << "its timer is set again";
  EXPECT_EQ(world.outputs<Protocol::Output>(3).size(), 10U);
}

TEST(Durable, NothingIsSentWhenAllIsAcknowledged) {
  sim::World world(7);
  add_listeners(world);
  world.input(1, Protocol::Input(Say{3, "x"})).run_for(5s);
  const std::uint64_t delivered = world.delivered();
  EXPECT_EQ(delivered, 2U) << "the message and its acknowledgement";
  world.run_for(60s);
  EXPECT_EQ(world.delivered(), delivered);
}

TEST(Durable, RubbishIsDropped) {
  sim::World world(7);
  world.add(1, [] { return make_node(Listener()); });  // sends bare words
  world.add(2, [] { return make_durable(make_node(Listener())); });
  world.input(1, Protocol::Input(Say{2, "x"})).run_for(1s);
  EXPECT_EQ(world.undecodable(), 1U);
  EXPECT_TRUE(world.view<Listener::View>(2).heard.empty());
}

TEST(Durable, LinksTakeEachMessageOnceAndInOrder) {
  durable::Links here;
  durable::Links there;
  const durable::Packet first = here.send(2, "a");
  const durable::Packet second = here.send(2, "b");
  EXPECT_FALSE(there.is_next(1, second)) << "it has overtaken the first";
  EXPECT_TRUE(there.is_next(1, first));
  there.receive(1, first);
  EXPECT_FALSE(there.is_next(1, first)) << "it was taken";
  EXPECT_TRUE(there.is_next(1, second));
  here.receive(2, there.acknowledgement(1));
  const auto left = here.unacknowledged(10);
  ASSERT_EQ(left.size(), 1U);
  EXPECT_EQ(left[0].packet.content, "b");
  EXPECT_EQ(left[0].packet.number, 2U);
  there.receive(1, second);
  here.receive(2, there.acknowledgement(1));
  EXPECT_TRUE(here.is_all_acknowledged());
}

}  // namespace
}  // namespace octet
