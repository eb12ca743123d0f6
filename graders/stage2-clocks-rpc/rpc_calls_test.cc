#include <fmt/format.h>

#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/rpc_run.h"

/// Calls over a kind network: what goes in comes out.
namespace octet::rpc {
namespace {

using grading::simulate;
using namespace std::chrono_literals;

std::string binary(std::size_t size) {
  std::string bytes(size, '\0');
  for (std::size_t i = 0; i < size; ++i) bytes[i] = static_cast<char>(i * 7);
  return bytes;
}

/// Of other nodes than the server, 40; their ids have gaps.
std::vector<NodeId> clients(std::size_t count) {
  constexpr std::uint32_t gap = 13;
  std::vector<NodeId> ids;
  for (std::uint32_t i = 0; i < count; ++i) ids.emplace_back(3 + i * gap);
  return ids;
}

void call_with_any_bytes(sim::World& world, std::size_t count) {
  RpcRun run(world, {.clients = clients(count)});
  for (const NodeId client : clients(count)) {
    const std::string mine = fmt::format(" of {}", client.value);
    for (const std::string& body : {binary(257) + mine, binary(30'000) + mine, "a" + mine}) {
      run.call(client, body);
    }
    run.call(client, "");
  }
  run.run_to_the_end(2s);
  run.expect_all_returned();
  EXPECT_EQ(run.executions(), 4 * count) << "each call is executed once";
}

GRADED_TEST(Rpc, ACallReturns, 1,
            "a call is executed with its body, and returns what the handler answered, whatever "
            "bytes they are") {
  for (const std::size_t count : {1, 2, 3, 5, 7}) {
    simulate({}, [count](sim::World& world) { call_with_any_bytes(world, count); });
  }
}

GRADED_TEST(Rpc, EqualCallsAreDifferent, 1,
            "calls with equal bodies, or with a tag that was there before, are different calls") {
  simulate({}, [](sim::World& world) {
    RpcRun run(world, {});
    for (int i = 0; i < 3; ++i) run.call(7, "add 1");
    run.run_to_the_end(2s);
    for (int i = 0; i < 3; ++i) {
      run.call(7, fmt::format("call {}", i), 1);
      run.run_to_the_end(2s);
    }
    run.expect_all_returned();
    EXPECT_EQ(run.executions_of("add 1"), 3) << "three calls with this body, so three executions";
  });
}

GRADED_TEST(Rpc, EachGetsItsOwnAnswer, 1,
            "the answer goes to the call that it is for, also when clients call alike and the "
            "handler answers in another order (A2, A3)") {
  simulate({.runs = 10}, [](sim::World& world) {
    const auto later_ones_first = [](std::uint64_t execution, std::string_view) {
      return 500ms - 30ms * static_cast<int>(execution);
    };
    RpcRun run(world, {.clients = clients(3), .takes = later_ones_first});
    for (int i = 0; i < 5; ++i) {
      for (const NodeId client : clients(3))
        run.call(client, fmt::format("{} of {}", i, client.value));
    }
    run.run_to_the_end(10s);
    run.expect_all_returned();
  });
}

}  // namespace
}  // namespace octet::rpc
