#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/search.h"
#include "graders/dsl/world/simulate.h"
#include "graders/stage2-clocks-rpc/distinct_draws.h"
#include "graders/stage2-clocks-rpc/rpc_run.h"
#include "stage2-clocks-rpc/api/solution.h"

/// Everything at once: by chance, and in every order.
namespace octet::rpc {
namespace {

using grading::simulate;
using namespace std::chrono_literals;

GRADED_TEST(Rpc, EveryStorm, 1,
            "all of it holds while messages are lost, doubled and late, links are cut, and clients "
            "pause, crash and have wrong clocks") {
  const grading::Trial trial{
      .options = {.network = {.loss = 100'000, .duplication = 200'000, .long_delay = 50'000},
                  .max_events = 1'000'000},
      .storm = {.nodes = {caller, 8},
                .crashes = 3,
                .torn_handlers = 3,
                .pauses = 2,
                .partitions = 2,
                .jumps = 2,
                .slow_disks = 2},
      .runs = 40};
  simulate(trial, [](sim::World& world) {
    const auto takes = [](std::uint64_t execution, std::string_view) {
      return 17ms * static_cast<int>(execution % 11);
    };
    RpcRun run(world, {.clients = {caller, 8}, .takes = takes, .punctual = false});
    for (int i = 0; i < 60; ++i) {
      run.call(caller, fmt::format("{} of 7", i));
      run.call(8, fmt::format("{} of 8", i));
      world.run_for(170ms);
    }
    run.run_to_the_end(25s);
    world.run_for(20s);
    EXPECT_GT(run.returned(), 20U) << "hardly a call returned: the test means nothing";
  });
}

/// The body of a call by its tag.
std::string body_of(std::uint64_t tag) {
  return fmt::format("call {}", tag);
}

std::size_t executions(const search::Snapshot& at, std::uint64_t tag) {
  std::size_t found = 0;
  for (const ServerOutput& output : at.outputs<ServerOutput>(server)) {
    if (std::get<Execute>(output).body == body_of(tag)) ++found;
  }
  return found;
}

std::string flaw_of(const search::Snapshot& at, const ClientOutput& output) {
  if (const auto* call = std::get_if<NotExecuted>(&output)) {
    if (executions(at, call->tag) == 0) return {};
    return fmt::format("call {} is said not to be executed, but it is", call->tag);
  }
  if (const auto* call = std::get_if<Returned>(&output)) {
    if (executions(at, call->tag) == 0) return fmt::format("call {} was not executed", call->tag);
    if (call->result == "done: " + body_of(call->tag)) return {};
    return fmt::format("call {} returned \"{}\"", call->tag, call->result);
  }
  return {};
}

std::string flaw_of(const search::Snapshot& at) {
  for (const std::uint64_t tag : {1, 2}) {
    if (executions(at, tag) > 1) return fmt::format("call {} is executed twice", tag);
  }
  const auto& outputs = at.outputs<ClientOutput>(caller);
  if (outputs.size() > 2) return "two calls have more than two outputs";
  for (const ClientOutput& output : outputs) {
    if (std::string flaw = flaw_of(at, output); !flaw.empty()) return flaw;
  }
  return {};
}

std::size_t returned(const search::Snapshot& at) {
  const auto& outputs = at.outputs<ClientOutput>(caller);
  return static_cast<std::size_t>(std::ranges::count_if(outputs, [](const ClientOutput& output) {
    return std::holds_alternative<Returned>(output);
  }));
}

/// Two calls of one client. The handler answers at some time, whatever else happens.
search::Model two_calls(std::uint32_t crashes) {
  search::Model model{
      .nodes = {caller, server},
      .make =
          [](NodeId id) {
            if (id == server) return make_server({});
            return grading::with_distinct_draws(make_client({.server = server}));
          },
      .inputs = {{caller, encode(ClientInput(Call{1, body_of(1)}))},
                 {caller, encode(ClientInput(Call{2, body_of(2)}))}},
      .applications = {{server,
                        [](const Bytes& bytes) {
                          ServerOutput output;
                          decode(bytes, output);
                          const auto& execute = std::get<Execute>(output);
                          const Executed executed{execute.ticket, "done: " + execute.body};
                          return std::vector<Bytes>{encode(ServerInput(executed))};
                        }}},
      .max_crashes = crashes,
      .max_duplicates = 1,
      .max_copies = 2};
  model.invariant("at most once, and what a client tells is so",
                  [](const search::Snapshot& at) { return flaw_of(at); });
  model.goal("both return", [](const search::Snapshot& at) { return returned(at) == 2; });
  return model.prune("a server does not crash",
                     [](const search::Snapshot& at) { return !at.is_up(server); });
}

GRADED_TEST(Rpc, EveryOrder, 1,
            "in every order of two calls, their messages and timers, a copy and a crash of the "
            "client, each is executed at most once (A2)") {
  for (const std::uint32_t crashes : {0, 1}) {
    const search::Result result = grading::search(two_calls(crashes), {.max_states = 30'000});
    EXPECT_TRUE(result.reached("both return")) << "the test means nothing: " << result.summary();
  }
}

}  // namespace
}  // namespace octet::rpc
