#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/rpc_run.h"

/// Requests are sent again: often enough, not too often, and not for ever (A1).
namespace octet::rpc {
namespace {

using grading::simulate;
using sim::World;
using namespace std::chrono_literals;

GRADED_TEST(Rpc, EveryCallReturnsUnderLoss, 1,
            "a call returns although seven of ten messages are lost, when it is given time (A1)") {
  simulate({.options = {.network = {.loss = 700'000}, .max_events = 1'000'000}, .runs = 20},
           [](sim::World& world) {
             RpcRun run(world, {.clients = {7, 300}, .give_up_after = 250s});
             for (int i = 0; i < 4; ++i) {
               run.call(7, fmt::format("{} of 7", i));
               run.call(300, fmt::format("{} of 300", i));
               world.run_for(50ms);
             }
             run.run_to_the_end(251s);
             run.expect_all_returned();
           });
}

/// The requests of one call, which are all lost, are as far apart as they have to be. The first may
/// leave late, when the disk has what it waits for; and what is sent when the call is given up is
/// no request.
void play_one_call(World& world) {
  constexpr Duration of_the_disk = 10ms;
  RpcRun run(world, {.give_up_after = 10s});
  std::vector<Duration> sent;
  world.drop([&](const sim::Envelope& message) {
    const bool is_new = sent.empty() || sent.back() != world.now();
    if (is_new && world.now() < 10s) sent.push_back(world.now());
    return message.to == server;
  });
  run.call(7, "in vain");
  run.run_to_the_end(11s);
  EXPECT_GE(sent.size(), 9U) << "requests in 10 s, with retry_after = 100 ms (A1)";
  for (std::size_t i = 1; i < sent.size(); ++i) {
    EXPECT_GE(sent[i], sent[i - 1] + 100ms - of_the_disk) << "pause " << i << " is too short (A1)";
    EXPECT_LE(sent[i], sent[i - 1] + 1s + of_the_disk) << "pause " << i << " is too long (A1)";
  }
}

/// The first request is lost, and its client has a new call in less time than it has to wait.
void play_busy_client(World& world) {
  RpcRun run(world, {});
  bool is_first = true;
  world.drop([&](const sim::Envelope& message) {
    return message.to == server && std::exchange(is_first, false);
  });
  run.call(7, "the lost one");
  for (int i = 0; i < 40; ++i) {
    world.run_for(50ms);
    run.call(7, fmt::format("call {}", i));
  }
  EXPECT_EQ(run.executions_of("the lost one"), 1U)
      << "its request was lost 2 s ago, and it has to be sent again after 1 s at the latest, "
         "whatever other calls there are (A1)";
  run.run_to_the_end(10s);
  run.expect_all_returned();
}

/// The requests are counted, and lost.
GRADED_TEST(Rpc, RetriesAreBounded, 1,
            "while no reply comes, a call is asked for again after retry_after or later, and after "
            "ten times that at the latest (A1)") {
  simulate({}, [](sim::World& world) {
    constexpr std::size_t calls = 10;
    RpcRun run(world, {});
    std::size_t requests = 0;
    world.drop([&](const sim::Envelope& message) {
      requests += message.from == NodeId(7) ? 1 : 0;
      return message.to == server;
    });
    for (std::size_t i = 0; i < calls; ++i) run.call(7, fmt::format("call {}", i));
    for (int second = 1; second < 10; ++second) {
      const std::size_t before = requests;
      world.run_for(1100ms);
      if (second == 9) break;  // the calls end
      EXPECT_GT(requests, before) << "calls are under way, but no request was sent for 1.1 s";
      EXPECT_LE(requests - before, 3 * calls * 12)
          << calls << " calls are under way, and retry_after is 100 ms: too many requests in 1.1 s";
    }
    run.run_to_the_end(10s);
  });
  simulate({}, play_one_call);
  simulate({}, play_busy_client);
}

GRADED_TEST(
    Rpc, CopiesMakeNoTraffic, 1,
    "a slow handler and copies of messages do not make requests and replies more and more") {
  simulate({}, [](sim::World& world) {
    const auto slow = [](std::uint64_t, std::string_view) { return 8s; };
    RpcRun run(world, {.takes = slow});
    world.duplicate([](const sim::Envelope&) { return true; }, 50ms);
    for (int i = 0; i < 5; ++i) run.call(7, fmt::format("call {}", i));
    run.run_to_the_end(60s);
    EXPECT_GT(run.executions(), 0U);
    EXPECT_LT(world.delivered(), 3U * 5 * 100 * 4) << "messages for 5 calls in 10 s";
    const std::uint64_t delivered = world.delivered();
    world.run_for(400ms);
    EXPECT_LT(world.delivered(), delivered + 200) << "messages after the last of 5 calls";
  });
}

/// Nothing happens any more, be it a message or a timer. A timer that was cancelled counts until
/// its time, at most give_up_after, is over.
void expect_quiet(sim::World& world, const char* when) {
  world.run_for(30s);
  const std::uint64_t events = world.events();
  world.run_for(5min);
  if (world.events() == events) return;
  grading::fail(fmt::format(
      "all calls have ended, {}, but minutes later messages or timers still come", when));
}

GRADED_TEST(Rpc, NothingIsLeftRunning, 1,
            "when all calls have ended, however they did, no message is sent and no timer fires") {
  simulate({}, [](sim::World& world) {
    RpcRun run(world, {.clients = {7, 8}});
    for (int i = 0; i < 5; ++i) run.call(7, fmt::format("call {}", i));
    run.run_to_the_end(5s);
    run.expect_all_returned();
    expect_quiet(world, "with a reply");
    world.drop(from(server));
    for (int i = 5; i < 10; ++i) run.call(7, fmt::format("call {}", i));
    run.run_to_the_end(60s);
    EXPECT_EQ(run.returned(), 5U);
    expect_quiet(world, "without a reply");
    world.heal().drop(to(server));
    for (int i = 10; i < 15; ++i) run.call(7, fmt::format("call {}", i));
    run.run_to_the_end(60s);
    expect_quiet(world, "while the server cannot be reached");
    run.call(8, "call 20");
    run.crash(8, 1s);
    expect_quiet(world, "since their client has crashed");
  });
}

}  // namespace
}  // namespace octet::rpc
