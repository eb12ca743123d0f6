// The bounded search of an election.
#include <fmt/format.h>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/search.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

namespace octet::raft {
namespace {

using search::Snapshot;

std::string two_leaders(const Snapshot& at) {
  for (const NodeId one : at.nodes()) {
    for (const NodeId other : at.nodes()) {
      const View* const left = at.view<View>(one);
      const View* const right = at.view<View>(other);
      if (one == other || left == nullptr || right == nullptr) continue;
      if (left->role != Role::leader || right->role != Role::leader) continue;
      if (left->term != right->term) continue;
      return fmt::format("{} and {} both lead in term {} (Election Safety, §5.2)", name(one),
                         name(other), number(left->term));
    }
  }
  return "";
}

bool leads_in(const Snapshot& at, NodeId id, std::uint64_t term) {
  const View* const view = at.view<View>(id);
  return view != nullptr && view->role == Role::leader && number(view->term) == term;
}

GRADED_TEST(Election, EveryOrder, 2,
            "in no order of messages and timeouts do two servers lead in one term (RF1)") {
  const Config config{.servers = servers_of_size(3)};
  search::Model model{.nodes = config.servers,
                      .make = [&](NodeId) { return make_server(config); },
                      .max_duplicates = 1,
                      .max_copies = 1};
  model.invariant("one leader in a term", two_leaders);
  model.prune("a third term", [](const Snapshot& at) {
    return std::ranges::any_of(at.nodes(), [&](NodeId id) {
      const View* const view = at.view<View>(id);
      return view != nullptr && number(view->term) > 2;
    });
  });
  const NodeId first = config.servers[0];
  const NodeId second = config.servers[1];
  model.goal("one leads", [=](const Snapshot& at) { return leads_in(at, first, 1); });
  model.goal("another leads after it",
             [=](const Snapshot& at) { return leads_in(at, first, 1) && leads_in(at, second, 2); });
  const search::Result result = grading::search(model, {.max_states = 60'000});
  for (const search::Result::Goal& goal : result.goals) {
    EXPECT_TRUE(goal.reached) << goal.name << ": in no order. " << result.summary();
  }
}

}  // namespace
}  // namespace octet::raft
