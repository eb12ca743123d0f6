#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <utility>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/rpc_run.h"

/// Requests that come more than once: before, while and after their call is executed.
namespace octet::rpc {
namespace {

using grading::simulate;
using namespace std::chrono_literals;

GRADED_TEST(Rpc, ACopyWhileItRuns, 1,
            "requests that come while their call is executed do not execute it again; the reply "
            "comes when it is done (A4)") {
  simulate({.runs = 5}, [](sim::World& world) {
    const auto slow = [](std::uint64_t execution, std::string_view) {
      return 5s + 100ms * static_cast<int>(execution);
    };
    RpcRun run(world, {.clients = {7, 8}, .give_up_after = 60s, .takes = slow});
    copy_everything(world);
    for (int i = 0; i < 3; ++i) {
      run.call(7, fmt::format("{} of 7", i));
      run.call(8, fmt::format("{} of 8", i));
    }
    world.run_for(4s);
    EXPECT_GT(world.delivered(), 8U) << "no request was sent again: the test means nothing";
    run.run_to_the_end(70s);
    run.expect_all_returned();
  });
}

void lose_replies(sim::World& world, RpcSetting setting, Duration lost) {
  RpcRun run(world, std::move(setting));
  run.call(7, "the first");
  run.run_to_the_end(2s);
  const std::uint64_t delivered = world.delivered();
  world.drop(from(server));
  for (int i = 0; i < 3; ++i) run.call(7, fmt::format("call {}", i));
  world.run_for(lost);
  EXPECT_GT(run.executions(), 1U) << "no request has come: the test means nothing";
  EXPECT_GT(world.delivered(), delivered + 3)
      << "no request was sent again: the test means nothing";
  world.heal();
  run.run_to_the_end(8s);
  run.expect_all_returned();
}

/// The client has heard of the server before the only reply is lost.
void lose_the_reply_of_a_slow_call(sim::World& world) {
  const auto slow = [](std::uint64_t, std::string_view) { return 1s; };
  RpcRun run(world, {.takes = slow});
  run.call(7, "slow");
  world.run_for(500ms);
  world.drop(from(server));
  world.run_for(1s);
  world.heal();
  run.run_to_the_end(8s);
  run.expect_all_returned();
}

GRADED_TEST(Rpc, ALostReplyComesAgain, 1,
            "a call whose reply was lost is not executed again: its request brings the same reply "
            "once more, also when that is empty (A3)") {
  simulate({.runs = 5}, [](sim::World& world) { lose_replies(world, {}, 2s); });
  simulate({}, [](sim::World& world) { lose_replies(world, {.give_up_after = 100s}, 80s); });
  simulate({}, [](sim::World& world) {
    const auto nothing = [](std::uint64_t, std::string_view) { return std::string(); };
    lose_replies(world, {.result = nothing}, 2s);
  });
  simulate({}, lose_the_reply_of_a_slow_call);
}

/// Every fifth takes long, so that calls overtake each other.
Duration now_and_then_long(std::uint64_t execution, std::string_view) {
  return execution % 5 == 0 ? 150ms : 5ms * static_cast<int>(execution % 4);
}

GRADED_TEST(Rpc, ALateCopyDoesNothing, 1,
            "a copy of a request that comes hundreds of calls later is not executed (A2, A5)") {
  simulate({.runs = 2}, [](sim::World& world) {
    RpcRun run(world, {.clients = {7, 8, 200}, .give_up_after = 20s, .takes = now_and_then_long});
    copy_everything(world);
    for (int i = 0; i < 100; ++i) {
      for (const NodeId client : {7, 8, 200}) {
        run.call(client, fmt::format("{} of {}", i, client.value));
      }
      world.run_for(25ms);
    }
    run.run_to_the_end(70s);
    run.expect_all_returned();
    world.run_for(70s);
  });
}

GRADED_TEST(Rpc, AnOvertakenRequestDoesNothing, 1,
            "a first request that comes after its call was executed by a second one, and after "
            "later calls, is not executed (A2)") {
  simulate({.runs = 5}, [](sim::World& world) {
    RpcRun run(world, {.takes = now_and_then_long});
    for (int i = 0; i < 20; ++i) {
      world.heal().delay(
          [is_first = true](const sim::Envelope& message) mutable {
            return message.to == server && std::exchange(is_first, false);
          },
          3s + 10ms * (20 - i));
      run.call(7, fmt::format("call {}", i));
      world.run_for(i % 3 == 0 ? 20ms : 300ms);
    }
    run.run_to_the_end(20s);
    run.expect_all_returned();
    world.run_for(20s);
  });
}

}  // namespace
}  // namespace octet::rpc
