#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage3-partitioning/replica_text.h"
#include "graders/stage3-partitioning/replicas.h"
#include "runtime/erase/json.h"

/// When a leader may acknowledge a write (LF1, LF8).
namespace octet::followers {
namespace {

using namespace std::chrono_literals;
using grading::simulate;
using sim::World;

struct Size {
  std::size_t replicas;
  std::size_t durable_on;
};

/// A write is not acknowledged, nor applied anywhere, for many retries.
void expect_that_it_waits(World& world, const Replicas& replicas, std::size_t put) {
  const Write& write = std::get<Submit>(replicas.request(put).input).write;
  world.run_for(50 * replicas.config().retry);
  EXPECT_EQ(replicas.answer<Acknowledged>(put), nullptr)
      << "[" << text_of(write) << "] is acknowledged (LF1, LF8)";
  for (const NodeId id : replicas.ids()) {
    if (!world.is_up(id)) continue;
    EXPECT_NE(value_of(replicas.view(id).values, "x"), std::get<Put>(write).value)
        << name(id) << " shows it, and it is not safe";
  }
}

/// The leader hears one replica too few, which answers everything twice; then one more.
void let_one_too_few_hear(World& world, const Size& size) {
  Replicas replicas(world, size.replicas, {.durable_on = size.durable_on});
  const NodeId leader = replicas.elect(replicas.ids().front());
  replicas.put_done(leader);
  const auto followers = replicas.others({leader});
  cut(world, {leader}, followers);
  for (std::size_t i = 0; i + 2 < size.durable_on; ++i) {
    world.heal_one_way(leader, followers[i]).heal_one_way(followers[i], leader);
  }
  world.duplicate([](const sim::Envelope&) { return true; }, 50ms);
  const std::size_t put = replicas.put(leader);
  if (size.durable_on > 1) {
    expect_that_it_waits(world, replicas, put);
    const NodeId next = followers[size.durable_on - 2];
    world.heal_one_way(leader, next).heal_one_way(next, leader);
  }
  replicas.acknowledged(put);
  world.heal();
  replicas.expect_agreement();
}

/// Followers had all of the log, and have crashed.
void let_too_many_crash(World& world, const Size& size) {
  Replicas replicas(world, size.replicas, {.durable_on = size.durable_on});
  const NodeId leader = replicas.elect(replicas.ids().back());
  for (int i = 0; i < 3; ++i) replicas.put_done(leader);
  world.run_for(1s);
  const auto followers = replicas.others({leader});
  for (std::size_t i = size.durable_on - 2; i < followers.size(); ++i) world.crash(followers[i]);
  const std::size_t put = replicas.put(leader);
  expect_that_it_waits(world, replicas, put);
  world.restart(followers.back());
  const Token token = replicas.acknowledged(put);
  replicas.wait_until_applied(token, {leader, followers.back()});
  for (const NodeId id : followers) world.restart(id);
  replicas.expect_agreement();
}

GRADED_TEST(Followers, WaitsForEnough, 1,
            "a write is acknowledged when it is durable on as many replicas as it has to be, the "
            "leader among them: with one too few it waits, and does not give up (LF1, LF8)") {
  for (const Size& size : {Size{1, 1}, Size{2, 2}, Size{3, 1}, Size{3, 2}, Size{3, 3}, Size{4, 3},
                           Size{5, 2}, Size{5, 3}, Size{7, 4}}) {
    simulate({.options = limited}, [=](World& world) { let_one_too_few_hear(world, size); });
  }
  for (const Size& size : {Size{2, 2}, Size{3, 2}, Size{5, 3}}) {
    simulate({.options = limited}, [=](World& world) { let_too_many_crash(world, size); });
  }
}

/// The leader and one follower reach each other, and nobody else; then both crash when the write is
/// acknowledged.
void crash_when_acknowledged(World& world, bool leader_is_slow) {
  Replicas replicas(world, 3, {.durable_on = 2});
  const NodeId leader = replicas.elect(replicas.ids().front());
  replicas.put_done(leader);
  const auto followers = replicas.others({leader});
  cut(world, {followers.back()}, {leader, followers.front()});
  world.run_for(500ms);
  world.slow_disk(leader_is_slow ? leader : followers.front(), 1s);
  const Duration begin = world.now();
  const std::size_t put = replicas.put(leader);
  world.run_until([&] { return replicas.answer<Acknowledged>(put) != nullptr; }, replicas.bound());
  const Token token = replicas.acknowledged(put);
  if (world.now() - begin < 1s) {
    grading::fail(
        fmt::format("the disk of {} needs a second, and the write is acknowledged after {} (LF1)",
                    leader_is_slow ? "the leader" : "the only follower in reach",
                    erase::duration_text(world.now() - begin)));
  }
  for (const NodeId id : replicas.ids()) world.crash(id).slow_disk(id, 1ms).restart(id);
  world.heal();
  // One of the two is gone for good. Whichever it is, the other one has it.
  const NodeId gone = leader_is_slow ? followers.front() : leader;
  world.isolate(gone);
  const NodeId next = replicas.elect(followers.back());
  replicas.wait_until_applied(token, replicas.others({gone}));
  EXPECT_NE(next, gone);
  world.heal();
  replicas.expect_agreement();
}

GRADED_TEST(Followers, OnDisksNotInMemory, 1,
            "a follower counts when the write is on its disk, and so does the leader: what is "
            "acknowledged is there when both crash at that moment (LF1)") {
  simulate({.options = limited}, [](World& world) { crash_when_acknowledged(world, false); });
  simulate({.options = limited}, [](World& world) { crash_when_acknowledged(world, true); });
}

}  // namespace
}  // namespace octet::followers
