// The bounded search of servers that crash and start again.
#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/searched.h"

namespace octet::raft {
namespace {

using search::Snapshot;

GRADED_TEST(Persistence, EveryRestartIsSafe, 2,
            "in no order of messages, timeouts and a crash, after any effect, do two servers lead "
            "in one term (RF1, RF8)") {
  search::Model model = searched_servers(3, 1);
  model.max_crashes = 1;
  const NodeId first = model.nodes[0];
  const NodeId second = model.nodes[1];
  model.goal("one leads, and another is down",
             [=](const Snapshot& at) { return leads_in(at, first, 1) && !at.is_up(second); });
  search_to_all_goals(model, 100'000);
}

GRADED_TEST(Persistence, WhatIsAppliedStays, 1,
            "in no order of messages, timeouts and a crash is something else applied in the place "
            "of a command (RF5, RF8)") {
  search::Model model = searched_servers(3, 2);
  const NodeId first = model.nodes[0];
  const NodeId second = model.nodes[1];
  model.inputs = {{first, encode(Input(Propose{"a"}))}};
  model = after(model, "one leads", [=](const Snapshot& at) { return leads_in(at, first, 1); });
  model = after(model, "the command is applied",
                [=](const Snapshot& at) { return count_committed(at, first) > 0; });
  model.max_crashes = 1;
  model.goal("another leads", [=](const Snapshot& at) { return leads_in(at, second, 2); });
  search_to_all_goals(model, 100'000);
}

}  // namespace
}  // namespace octet::raft
