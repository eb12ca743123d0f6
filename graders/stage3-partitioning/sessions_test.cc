#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/replica_text.h"
#include "graders/stage3-partitioning/replicas.h"

/// What clients are shown, wherever they read (LF7).
namespace octet::followers {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

/// Reads there with a token, and gets no answer yet.
std::size_t read_in_vain(World& world, Replicas& replicas, NodeId at, Token seen) {
  const std::size_t read = replicas.read(at, "x", seen);
  world.run_for(10 * replicas.config().retry);
  EXPECT_FALSE(replicas.request(read).answer.has_value())
      << name(at) << " hears nobody, has not applied " << text_of(seen)
      << ", and cannot know what has become of it (LF7)";
  return read;
}

GRADED_TEST(Sessions, OwnWritesAreSeen, 1,
            "who has written reads that, or something later, at every replica: one that lags "
            "waits; who has seen nothing reads at once, however far it lags (LF7)") {
  for (const std::size_t size : {2U, 3U, 5U}) {
    simulate({.options = limited}, [=](World& world) {
      Replicas replicas(world, size, {.durable_on = (size + 1) / 2});
      const NodeId leader = replicas.elect(replicas.ids().front());
      replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
      const NodeId lags = replicas.others({leader}).back();
      world.isolate(lags);
      const std::string value = replicas.next_value();
      const Token token = replicas.acknowledged(replicas.submit(leader, Put{"x", value}));
      EXPECT_EQ(replicas.value(replicas.read(leader, "x", token)).value, value);
      EXPECT_EQ(replicas.value(replicas.read(lags, "x")).value, "value 1") << "it has that";
      const std::size_t read = read_in_vain(world, replicas, lags, token);
      world.heal();
      EXPECT_EQ(replicas.value(read).value, value);
      for (const NodeId id : replicas.ids()) {
        EXPECT_EQ(replicas.value(replicas.read(id, "x", token)).value, value);
      }
    });
  }
}

GRADED_TEST(Sessions, NeverBackInTime, 1,
            "a client that reads at one replica after the other never sees less than before, and "
            "that stays so when another one leads (LF7)") {
  for (const std::size_t size : {3U, 5U}) {
    simulate({.options = limited, .runs = 2}, [=](World& world) {
      Replicas replicas(world, size, {.durable_on = size / 2 + 1});
      grading::Random random(world.seed(), "where to read");
      NodeId leader = replicas.elect(replicas.ids().front());
      Token seen;
      for (int round = 0; round < 40; ++round) {
        const NodeId at = replicas.ids()[random.below(size)];
        // Its link from the leader is slow or broken now and then.
        if (round % 4 == 0)
          cut(world, {leader}, {replicas.others({leader})[random.below(size / 2)]});
        if (round % 4 == 2) world.heal();
        if (round % 13 == 12) {
          world.heal();
          leader = replicas.elect(at);
        }
        replicas.put(leader);
        if (round % 3 == 0) seen = replicas.put_done(leader);
        const std::size_t read = replicas.read(at, "x", seen);
        const auto is_answered = [&] { return replicas.request(read).answer.has_value(); };
        if (!world.run_until(is_answered, 300ms)) world.heal();
        seen = replicas.value(read).token;
      }
      EXPECT_GE(replicas.values(), 40U);
    });
  }
}

GRADED_TEST(Sessions, LostOrLate, 1,
            "Lost is the answer when a fail-over has taken back what the client has seen, in "
            "asynchronous mode, and no answer for a replica that only lags, whatever else its log "
            "has in that place (LF7)") {
  for (const int newer : {0, 3}) {
    simulate({.options = limited}, [=](World& world) {
      Replicas replicas(world, 3, {.durable_on = 1});
      const NodeId old = replicas.elect(replicas.ids().front());
      const Token kept = replicas.put_done(old);
      replicas.wait_until_applied(kept, replicas.ids());
      world.isolate(old);
      replicas.put_done(old);
      const Token gone = replicas.put_done(old);
      const auto others = replicas.others({old});
      const NodeId leader = replicas.elect(others.front());
      for (int i = 0; i < newer; ++i) replicas.put_done(leader);
      for (const NodeId id : others) {
        replicas.value(replicas.read(id, "x", kept));
        replicas.expect<Lost>(replicas.read(id, "x", gone), "Lost");
      }
      world.heal();
      replicas.wait_until_applied(replicas.put_done(leader), replicas.ids());
      replicas.expect<Lost>(replicas.read(old, "x", gone), "Lost");
    });
  }
  simulate({.options = limited}, [](World& world) {
    Replicas replicas(world, 3, {.durable_on = 2});
    const NodeId old = replicas.elect(replicas.ids().front());
    replicas.wait_until_applied(replicas.put_done(old), replicas.ids());
    world.isolate(old);
    for (int i = 0; i < 6; ++i) replicas.put(old);
    const NodeId leader = replicas.elect(replicas.others({old}).front());
    replicas.put_done(leader);
    const Token token = replicas.put_done(leader);
    const std::size_t read = read_in_vain(world, replicas, old, token);
    world.heal();
    replicas.value(read);
  });
}

GRADED_TEST(
    Sessions, SoManyWait, 1,
    "no more than most_waiting reads wait at a replica: others are answered Busy, and those "
    "that need not wait are answered (LF7)") {
  simulate({.options = limited}, [](World& world) {
    constexpr std::size_t most = 5;
    Replicas replicas(world, 3, {.most_waiting = most});
    const NodeId leader = replicas.elect(replicas.ids().front());
    const Token first = replicas.put_done(leader);
    replicas.wait_until_applied(first, replicas.ids());
    const NodeId lags = replicas.others({leader}).front();
    for (int round = 0; round < 2; ++round) {
      world.isolate(lags);
      const Token token = replicas.put_done(leader);
      std::vector<std::size_t> reads;
      for (std::size_t i = 0; i < 3 * most; ++i) reads.push_back(replicas.read(lags, "x", token));
      world.run_for(1s);
      const auto busy = std::ranges::count_if(
          reads, [&](std::size_t read) { return replicas.answer<Busy>(read) != nullptr; });
      EXPECT_EQ(static_cast<std::size_t>(busy), 2 * most) << "so many of " << reads.size();
      replicas.value(replicas.read(lags, "x", first));
      world.heal();
      for (const std::size_t read : reads) {
        if (replicas.answer<Busy>(read) == nullptr) replicas.value(read);
      }
    }
  });
}

}  // namespace
}  // namespace octet::followers
