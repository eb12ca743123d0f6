// The bounded search of servers that crash and start again.
#include <algorithm>
#include <array>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/script.h"

namespace octet::raft {
namespace {

using search::Snapshot;

GRADED_TEST(Persistence, EveryRestartIsSafe, 1,
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

GRADED_TEST(Persistence, EveryRestartOfFour, 1,
            "two of four servers stand in one term: in no order of messages and two crashes, after "
            "any effect, do both of them lead (§5.2, RF1, RF6, RF8)") {
  Script script(4, {});
  const NodeId one = script.servers()[0];
  const NodeId two = script.servers()[1];
  const NodeId three = script.servers()[2];
  const NodeId four = script.servers()[3];
  script.until("one stands", 1, [=](const Snapshot& at) { return stands_in(at, one, 1); })
      .until("four stands, too", 1,
             [=](const Snapshot& at) { return stands_in(at, one, 1) && stands_in(at, four, 1); })
      .lose_between(one, four);
  search::Model model = script.from_here(1);
  model.max_crashes = 2;
  model.prune("the race of one and four is over", [=](const Snapshot& at) {
    const auto runs = [&](NodeId id) { return stands_in(at, id, 1) || leads_in(at, id, 1); };
    return !runs(one) || !runs(four);
  });
  model.prune("a voter does something else", [=](const Snapshot& at) {
    return std::ranges::any_of(std::array{two, three}, [&](NodeId id) {
      const View* const view = at.view<View>(id);
      return view != nullptr && (view->role != Role::follower || !view->log.empty());
    });
  });
  model.goal("one leads, and another is down",
             [=](const Snapshot& at) { return leads_in(at, one, 1) && !at.is_up(two); });
  model.goal("four leads", [=](const Snapshot& at) { return leads_in(at, four, 1); });
  search_to_all_goals(model, 1'200'000);
}

GRADED_TEST(Persistence, WhatIsAppliedStays, 1,
            "in no order of messages, timeouts and a crash is something else applied in the place "
            "of a command (RF5, RF8)") {
  const NodeId first = servers_of_size(3)[0];
  const NodeId second = servers_of_size(3)[1];
  Script script(3, {proposal(first, "a")});
  script.until("one leads", 1, [=](const Snapshot& at) { return leads_in(at, first, 1); })
      .until("the command is applied", 1,
             [=](const Snapshot& at) { return count_committed(at, first) > 0; });
  search::Model model = script.from_here(2);
  model.max_crashes = 1;
  model.goal("another leads", [=](const Snapshot& at) { return leads_in(at, second, 2); });
  search_to_all_goals(model, 100'000);
}

}  // namespace
}  // namespace octet::raft
