#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/rpc_run.h"

/// Clients that crash and start again (A7).
namespace octet::rpc {
namespace {

using grading::simulate;
using namespace std::chrono_literals;

/// The wall clock of a client that starts again may show the time of its earlier life.
void live_again(RpcRun& run, sim::World& world, int life) {
  run.crash(caller, 10ms);
  world.jump_clock(caller, life % 2 == 0 ? -1h : 30min);
}

GRADED_TEST(Rpc, ARestartedClientIsNew, 1,
            "calls of a restarted client are executed and get their own replies, while messages of "
            "its earlier lives still come (A7)") {
  simulate({.runs = 5}, [](sim::World& world) {
    // What comes late from a quick life comes while the next one, a slow one, waits.
    const auto takes = [](std::uint64_t, std::string_view body) {
      return (body.back() - '0') % 2 == 0 ? 700ms : 0ms;
    };
    RpcRun run(world, {.clients = {caller, 8}, .takes = takes});
    copy_everything(world);
    for (int life = 1; life <= 6; ++life) {
      for (std::uint64_t tag = 1; tag <= 3; ++tag) {
        run.call(caller, fmt::format("call {} of life {}", tag, life), tag);
        run.call(8, fmt::format("call {} beside life {}", tag, life));
        world.run_for(life % 3 == 0 ? 400ms : 30ms);
      }
      run.run_to_the_end(10s);
      run.expect_all_returned();
      live_again(run, world, life);
    }
    world.run_for(70s);
  });
}

/// The handler still works for an earlier life when the next one has made the same calls.
void answers_come_late(sim::World& world) {
  constexpr std::size_t calls = 3;
  constexpr int lives = 4;
  RpcRun run(world, {.takes = [](std::uint64_t, std::string_view) { return 500ms; }});
  for (int life = 1; life <= lives; ++life) {
    for (std::uint64_t tag = 1; tag <= calls; ++tag) {
      run.call(caller, fmt::format("call {} of life {}", tag, life), tag);
    }
    if (life == lives) break;
    world.run_for(100ms);
    live_again(run, world, life);
  }
  run.run_to_the_end(10s);
  EXPECT_EQ(run.returned(), calls) << "the calls of the last life return";
}

GRADED_TEST(
    Rpc, AnEarlierLifeIsOver, 1,
    "a call whose client crashes is executed at most once, and the later life hears nothing "
    "of it (A2, A7)") {
  simulate({.runs = 3}, answers_come_late);
  simulate({.runs = 10}, [](sim::World& world) {
    const auto slow = [](std::uint64_t execution, std::string_view) {
      return 20ms * static_cast<int>(execution % 7);
    };
    RpcRun run(world, {.takes = slow});
    std::uint64_t requests = 0;
    world.delay(
        [&](const sim::Envelope& message) { return message.to == server && ++requests % 3 == 1; },
        700ms);
    for (int life = 1; life <= 8; ++life) {
      for (std::uint64_t tag = 1; tag <= 4; ++tag) {
        run.call(caller, fmt::format("call {} of life {}", tag, life), tag);
        world.run_for(5ms * life);
      }
      if (life < 8) live_again(run, world, life);
    }
    run.run_to_the_end(10s);
    world.run_for(20s);
    EXPECT_GE(run.returned(), 4U) << "the calls of the last life return";
    EXPECT_GT(run.executions(), 4U) << "no earlier life was heard of: the test means nothing";
  });
}

/// Its disk is slower than its life.
GRADED_TEST(Rpc, AShortLifeIsALife, 1,
            "a client that crashes before anything is durable leaves nothing that its next life "
            "could be taken for (A7)") {
  simulate({.runs = 10}, [](sim::World& world) {
    RpcRun run(world, {});
    copy_everything(world);
    for (int life = 1; life <= 12; ++life) {
      run.call(caller, fmt::format("call of life {}", life), 1);
      world.run_for(100us * life);
      if (life % 3 == 0) world.run_for(20ms);
      live_again(run, world, life);
    }
    run.call(caller, "the last call", 1);
    run.run_to_the_end(10s);
    world.run_for(70s);
    EXPECT_EQ(run.executions_of("the last call"), 1U)
        << "nobody crashes any more, so it is executed";
    EXPECT_GT(run.executions(), 1U) << "no earlier life was heard of: the test means nothing";
  });
}

}  // namespace
}  // namespace octet::rpc
