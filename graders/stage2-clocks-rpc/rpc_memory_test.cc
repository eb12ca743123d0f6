#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/rpc_run.h"

/// What nobody waits for is forgotten, and stays forgotten (A5).
namespace octet::rpc {
namespace {

using grading::simulate;
using namespace std::chrono_literals;

/// Four calls at a time of each client.
void call_often(sim::World& world, RpcRun& run, int rounds) {
  for (int round = 0; round < rounds; ++round) {
    for (const NodeId client : {7, 8, 200}) {
      for (int i = 0; i < 4; ++i) run.call(client, fmt::format("{}", run.calls().size()));
    }
    run.run_to_the_end(11s);
  }
  world.run_for(1s);
}

/// A client may write as often as it likes, if it tidies up now and then.
void fill_the_disk(sim::World& world) {
  constexpr std::size_t calls = 3'000;
  RpcRun run(world, {});
  for (std::size_t i = 0; i < calls; ++i) {
    run.call(7, fmt::format("{}", i));
    if (i % 10 == 9) run.run_to_the_end(11s);
  }
  EXPECT_LT(world.durable_records(7).size(), calls / 2)
      << "records on a client's disk after " << calls << " calls (A5)";
}

GRADED_TEST(Rpc, MemoryIsBounded, 1,
            "many hundreds of calls later, neither the server nor a client remembers more (A5)") {
  simulate({}, [](sim::World& world) {
    RpcRun run(world, {.clients = {7, 8, 200}});
    std::size_t messages = 0;
    world.drop([&messages](const sim::Envelope&) { return ++messages % 17 == 0; });
    const auto remembered = [&](NodeId node) { return world.node(node).state().size(); };
    call_often(world, run, 10);
    const std::size_t of_server = remembered(server);
    const std::size_t of_client = remembered(7);
    call_often(world, run, 120);
    EXPECT_LT(remembered(server), of_server + 1000)
        << "bytes of the server's state after 1560 calls; after 120 there were " << of_server;
    EXPECT_LT(remembered(7), of_client + 400)
        << "bytes of a client's state after 520 calls; after 40 there were " << of_client;
    EXPECT_GT(run.returned(), 1500U) << "too few calls returned: the test means nothing";
  });
  simulate({}, fill_the_disk);
}

GRADED_TEST(Rpc, ASlowCallKeepsNothing, 1,
            "while one call is slow, the replies of hundreds of others that have ended are "
            "forgotten, and copies of their requests are not executed (A5)") {
  simulate({}, [](sim::World& world) {
    const auto slow_first = [](std::uint64_t execution, std::string_view) {
      return execution == 1 ? 12s : 0s;
    };
    RpcRun run(world, {.give_up_after = 60s, .takes = slow_first});
    world.duplicate([](const sim::Envelope&) { return true; }, 2s);
    std::size_t most = 0;
    for (int i = 0; i < 500; ++i) {
      run.call(7, fmt::format("{} ", i) + std::string(1000, 'x'));
      world.run_for(10ms);
      if (i % 50 == 49) most = std::max(most, world.node(server).state().size());
    }
    EXPECT_LT(most, 150'000U) << "bytes of the server's state; a reply has 1000";
    run.run_to_the_end(60s);
    run.expect_all_returned();
    world.run_for(5s);
  });
}

}  // namespace
}  // namespace octet::rpc
