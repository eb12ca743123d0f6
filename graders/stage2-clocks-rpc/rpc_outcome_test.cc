#include <fmt/format.h>

#include <cstddef>
#include <functional>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/rpc_run.h"

/// Calls whose time is up: what a client may say about them (A6).
namespace octet::rpc {
namespace {

using grading::simulate;
using namespace std::chrono_literals;

constexpr NodeId server = 40;

/// Three calls under way at a time, for whose requests or replies there is no way for a while.
void call_in_vain(const std::function<void(sim::World&)>& break_network, Duration handler,
                  std::size_t executions) {
  simulate({.runs = 5}, [=](sim::World& world) {
    const auto takes = [handler](std::uint64_t, std::string_view) { return handler; };
    RpcRun run(world, {.clients = {7, 8}, .give_up_after = 2s, .takes = takes});
    break_network(world);
    for (int i = 0; i < 3; ++i) {
      run.call(7, fmt::format("{} of 7", i));
      run.call(8, fmt::format("{} of 8", i));
    }
    run.run_to_the_end(3s);
    EXPECT_EQ(run.returned(), 0U);
    world.heal().run_for(60s);
    EXPECT_GE(run.executions(), executions) << "no request has come: the test means nothing";
    run.call(7, "when all is well again");
    run.call(8, "and here");
    world.run_for(1500ms + handler);
    EXPECT_EQ(run.returned(), handler > 2s ? 0U : 2U);
    run.run_to_the_end(10s);
  });
}

GRADED_TEST(Rpc, AnExecutedCallIsUnknown, 1,
            "a call that was executed, but whose reply did not come in time, is never said not to "
            "be executed (A6)") {
  call_in_vain([](sim::World& world) { world.drop(from(server)); }, 0s, 2);
  call_in_vain([](sim::World& world) { world.delay(from(server), 5s); }, 0s, 2);
  call_in_vain([](sim::World&) {}, 5s, 2);
}

GRADED_TEST(Rpc, ALateRequestIsUnknown, 1,
            "a call whose requests come after its time is up may still be executed, and whoever "
            "says that it will not be has to keep that (A6)") {
  call_in_vain([](sim::World& world) { world.delay(to(server), 5s); }, 0s, 0);
  call_in_vain([](sim::World& world) { world.drop(to(server)); }, 0s, 0);
}

}  // namespace
}  // namespace octet::rpc
