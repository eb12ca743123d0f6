#include <fmt/format.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string_view>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/rpc_run.h"

/// Calls whose time is up: what a client may say about them (A6).
namespace octet::rpc {
namespace {

using grading::simulate;
using namespace std::chrono_literals;

/// The first execution of each client is quick: they have met the server when it gets difficult.
RpcSetting two_clients(Duration handler) {
  const auto takes = [handler](std::uint64_t execution, std::string_view) {
    return execution > 2 ? handler : 0s;
  };
  return {.clients = {7, 8}, .give_up_after = 2s, .takes = takes};
}

/// Three calls under way at a time, for whose requests or replies there is no way for a while. So
/// many of them at least are executed.
void call_in_vain(const std::function<void(sim::World&)>& break_network, Duration handler,
                  std::size_t executions) {
  simulate({.runs = 5}, [=](sim::World& world) {
    RpcRun run(world, two_clients(handler));
    run.call(7, "the first");
    run.call(8, "the second");
    run.run_to_the_end(3s);
    run.expect_all_returned();
    break_network(world);
    for (int i = 0; i < 3; ++i) {
      run.call(7, fmt::format("{} of 7", i));
      run.call(8, fmt::format("{} of 8", i));
    }
    run.run_to_the_end(3s);
    EXPECT_EQ(run.returned(), 2U) << "no reply could come, but calls returned";
    world.heal().run_for(60s);
    EXPECT_GE(run.executions(), 2 + executions) << "no request has come: the test means nothing";
    run.call(7, "when all is well again");
    run.run_to_the_end(3s);
    EXPECT_EQ(run.returned(), handler > 2s ? 2U : 3U) << "the network is whole again";
  });
}

GRADED_TEST(Rpc, AnExecutedCallIsUnknown, 1,
            "a call that was executed, but whose reply did not come in time, is never said not to "
            "be executed (A6)") {
  call_in_vain([](sim::World& world) { world.drop(from(server)); }, 0s, 2);
  call_in_vain([](sim::World& world) { world.delay(from(server), 5s); }, 0s, 2);
  call_in_vain([](sim::World&) {}, 5s, 2);
}

/// Each call has its own time, though there are always younger ones.
void call_again_and_again_in_vain(sim::World& world) {
  RpcRun run(world, {.give_up_after = 2s});
  world.drop(to(server));
  for (int i = 0; i < 20; ++i) {
    run.call(7, fmt::format("call {}", i));
    world.run_for(300ms);
  }
  EXPECT_TRUE(run.calls().front().output)
      << "6 s after the call there is no output; its time is 2 s";
  run.run_to_the_end(3s);
}

GRADED_TEST(Rpc, ALateRequestIsUnknown, 1,
            "a call whose requests come after its time is up may still be executed, and whoever "
            "says that it will not be has to keep that (A6)") {
  call_in_vain([](sim::World& world) { world.delay(to(server), 5s); }, 0s, 0);
  call_in_vain([](sim::World& world) { world.drop(to(server)); }, 0s, 0);
  simulate({}, call_again_and_again_in_vain);
}

}  // namespace
}  // namespace octet::rpc
