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

/// One replica lags. Who has written waits there, and who has seen nothing does not.
void read_where_it_lags(World& world, std::size_t size) {
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
}

/// A session reads at one replica after the other, while some links break and others lead.
void read_here_and_there(World& world, std::size_t size) {
  Replicas replicas(world, size, {.durable_on = size / 2 + 1});
  grading::Random random(world.seed(), "where to read");
  NodeId leader = replicas.elect(replicas.ids().front());
  Token seen;
  for (int round = 0; round < 40; ++round) {
    const NodeId at = replicas.ids()[random.below(size)];
    if (round % 4 == 0) cut(world, {leader}, {replicas.others({leader})[random.below(size / 2)]});
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
}

GRADED_TEST(Sessions, NeverLessThanSeen, 1,
            "a client reads what it has written, and nothing older than what it has read, at every "
            "replica and whoever leads: one that lags waits; who has seen nothing reads at once, "
            "however far it lags (LF7)") {
  for (const std::size_t size : {2U, 3U, 5U}) {
    simulate({.options = limited}, [=](World& world) { read_where_it_lags(world, size); });
  }
  for (const std::size_t size : {3U, 5U}) {
    simulate({.options = limited, .runs = 2},
             [=](World& world) { read_here_and_there(world, size); });
  }
}

/// In asynchronous mode a leader acknowledges alone, and the others go on without it.
void lose_what_was_seen(World& world, int newer) {
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
}

/// An old leader has something else in the place that the client has seen, and hears of nothing.
void lag_with_another_log(World& world) {
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
}

/// Three times as many reads come to a replica that lags as may wait there.
void read_too_often(World& world) {
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
    EXPECT_EQ(static_cast<std::size_t>(busy), 2 * most)
        << "are answered Busy of " << reads.size() << " reads, where " << most << " may wait";
    replicas.value(replicas.read(lags, "x", first));
    world.heal();
    for (const std::size_t read : reads) {
      if (replicas.answer<Busy>(read) == nullptr) replicas.value(read);
    }
  }
}

GRADED_TEST(Sessions, LostOrLate, 1,
            "a read waits while its replica lags, whatever else the log has in that place, and no "
            "more than most_waiting do; Lost is the answer when a fail-over has taken back what "
            "the client has seen, in asynchronous mode (LF7)") {
  for (const int newer : {0, 3}) {
    simulate({.options = limited}, [=](World& world) { lose_what_was_seen(world, newer); });
  }
  simulate({.options = limited}, lag_with_another_log);
  simulate({.options = limited}, read_too_often);
}

}  // namespace
}  // namespace octet::followers
