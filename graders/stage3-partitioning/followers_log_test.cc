#include <algorithm>
#include <limits>
#include <memory>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/replica_text.h"
#include "graders/stage3-partitioning/replicas.h"

/// How writes get from the leader to its followers (LF2, LF3).
namespace octet::followers {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::Envelope;
using sim::World;

/// Keys and values of all kinds come to all replicas. Then they come to rest.
void write_everywhere(World& world, std::size_t size, Duration retry) {
  const std::string zeros("\0a\0", 3);
  Replicas replicas(world, size, {.durable_on = (size + 1) / 2, .retry = retry});
  const NodeId leader = replicas.elect(replicas.ids().back());
  replicas.submit(leader, Put{"", zeros});
  replicas.submit(leader, Put{zeros, ""});
  replicas.submit(leader, Put{"\xff", "\r\n"});
  replicas.submit(leader, Add{"new", 5});
  replicas.submit(leader, Add{"new", -12});
  replicas.submit(leader, Add{"new", 3});
  replicas.submit(leader, Put{"debt", "-30"});
  replicas.submit(leader, Add{"debt", 12});
  replicas.submit(leader, Put{"old", "30"});
  replicas.submit(leader, Add{"old", 12});
  replicas.submit(leader, Put{"words", "no number"});
  replicas.submit(leader, Put{"apples", "12 apples"});
  replicas.submit(leader, Add{"apples", 7});
  replicas.submit(leader, Put{"a zero byte", std::string("5\0", 2)});
  replicas.submit(leader, Add{"a zero byte", 7});
  replicas.submit(leader, Add{"large", std::numeric_limits<std::int64_t>::max()});
  replicas.submit(leader, Add{"large", 2});
  const std::size_t last = replicas.submit(leader, Add{"words", 7});
  replicas.wait_until_applied(replicas.acknowledged(last), replicas.ids());
  const Values values = {{"", zeros},          {zeros, ""},
                         {"\xff", "\r\n"},     {"new", "-4"},
                         {"debt", "-18"},      {"old", "42"},
                         {"words", "7"},       {"apples", "7"},
                         {"a zero byte", "7"}, {"large", "-9223372036854775807"}};
  for (const NodeId id : replicas.ids()) EXPECT_EQ(replicas.view(id).values, values);
  EXPECT_EQ(replicas.value(replicas.read(replicas.ids().front(), zeros)).value, "");
  EXPECT_EQ(replicas.value(replicas.read(leader, "nobody's")).value, std::nullopt);
  const std::uint64_t before = world.delivered();
  world.run_for(20 * replicas.config().retry);
  EXPECT_LE(world.delivered() - before, 20 * (10 * size + 2 * size * size))
      << "messages in 20 retries without a write";
}

/// Everybody is asked to write, before there is a leader, with one, and after it has crashed.
void ask_all_to_write(World& world, std::size_t size) {
  Replicas replicas(world, size, {.durable_on = (size + 1) / 2});
  replicas.fail_over(replicas.ids().front(), Epoch{0});
  world.run_for(1s);
  for (const NodeId id : replicas.ids()) {
    replicas.expect<NotLeader>(replicas.put(id), "NotLeader");
    EXPECT_EQ(replicas.value(replicas.read(id, "x")).value, std::nullopt);
  }
  const NodeId first = replicas.elect(replicas.ids().back());
  replicas.wait_until_applied(replicas.put_done(first), replicas.ids());
  for (const NodeId id : replicas.others({first})) {
    EXPECT_EQ(replicas.expect<NotLeader>(replicas.put(id), "NotLeader").leader, first)
        << name(id) << " hears that one as its leader";
  }
  world.crash(first).restart(first).run_for(1s);
  const NodeId second = replicas.elect(first);
  for (const NodeId id : replicas.others({second})) {
    replicas.expect<NotLeader>(replicas.put(id), "NotLeader");
  }
  replicas.expect_agreement();
}

GRADED_TEST(Followers, EveryoneFollows, 1,
            "the leader alone takes writes, and all replicas come to the same values within some "
            "retries, whatever bytes keys and values consist of; others name the leader, and what "
            "they refuse is in no log (LF2, LF3)") {
  for (const std::size_t size : {1U, 2U, 3U, 4U, 5U, 7U}) {
    simulate({.options = limited}, [=](World& world) { write_everywhere(world, size, 100ms); });
  }
  for (const std::size_t size : {3U, 7U}) {
    simulate({.options = limited}, [=](World& world) { write_everywhere(world, size, 5s); });
  }
  for (const std::size_t size : {1U, 3U, 4U}) {
    simulate({.options = limited}, [=](World& world) { ask_all_to_write(world, size); });
  }
}

/// Some messages between them are late, others come twice.
void disturb(World& world) {
  auto random = std::make_shared<grading::Random>(world.seed(), "late messages");
  world.delay([random](const Envelope&) { return random->below(3) == 0; }, 150ms);
  world.duplicate([random](const Envelope&) { return random->below(3) == 0; }, 400ms);
}

GRADED_TEST(Followers, InOrderAndOnce, 1,
            "each entry is in a follower's log once, in the place that it has at the leader, and "
            "applied once, when messages are lost, late, doubled, and overtake each other (LF2, "
            "LF3)") {
  for (const std::size_t size : {2U, 3U, 5U}) {
    simulate({.options = limited, .runs = 3}, [=](World& world) {
      Replicas replicas(world, size, {.most_entries = 3});
      const NodeId leader = replicas.elect(replicas.ids().front());
      const NodeId last = replicas.others({leader}).back();
      disturb(world);
      for (int round = 0; round < 4; ++round) {
        for (int i = 0; i < 5; ++i) {
          replicas.add(leader);
          world.run_for(15ms);
        }
        // It hears the leader, and the leader does not hear it.
        world.cut_one_way(last, leader).run_for(300ms).heal_one_way(last, leader);
        world.crash(last).run_for(50ms).restart(last).run_for(100ms);
      }
      world.heal();
      replicas.wait_until_applied(replicas.acknowledged(replicas.add(leader)), replicas.ids());
      const auto adds = static_cast<std::int64_t>(4 * 5 + 1);
      for (const NodeId id : replicas.ids()) {
        EXPECT_EQ(replicas.view(id).values.at("counter"), std::to_string(adds * (adds + 1) / 2))
            << "the sum of 1 to " << adds << " at " << name(id) << " (LF3)";
      }
    });
  }
}

GRADED_TEST(Followers, FarBehind, 1,
            "a follower that was away for long catches up within some retries, also with another "
            "leader, by messages with no more than most_entries (LF2)") {
  constexpr std::size_t most = 10;
  constexpr std::size_t value_bytes = 200;
  simulate({.options = limited}, [=](World& world) {
    Replicas replicas(world, 3, {.durable_on = 2, .most_entries = most});
    const NodeId leader = replicas.elect(replicas.ids().front());
    const NodeId away = replicas.others({leader}).front();
    world.isolate(away);
    for (std::size_t i = 0; i < 15 * most; ++i) {
      std::string value = replicas.next_value();
      value.resize(value_bytes, '.');
      replicas.submit(leader, Put{"x", value});
      if (i % most == 0) world.run_for(50ms);
    }
    replicas.put_done(leader);
    const NodeId next = replicas.elect(replicas.others({leader, away}).front());
    const Token token = replicas.put_done(next);
    auto largest = std::make_shared<std::size_t>(0);
    world.join({away}).drop([=](const Envelope& message) {
      *largest = std::max(*largest, message.bytes.size());
      return false;  // it only measures
    });
    replicas.put_done(next);
    replicas.wait_until_applied(token, {away});
    EXPECT_LE(*largest, 500 + most * (value_bytes + 100))
        << "bytes in a message, where " << most << " entries have " << most * value_bytes;
    replicas.expect_agreement();
  });
}

}  // namespace
}  // namespace octet::followers
