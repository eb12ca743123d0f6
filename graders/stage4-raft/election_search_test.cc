// The bounded search of an election.
#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/searched.h"

namespace octet::raft {
namespace {

using search::Snapshot;

GRADED_TEST(Election, EveryOrder, 2,
            "in no order of messages and timeouts do two servers lead in one term (RF1)") {
  search::Model model = searched_servers(3, 2);
  model.max_duplicates = 1;
  const NodeId first = model.nodes[0];
  const NodeId second = model.nodes[1];
  const auto is_first = [=](const Snapshot& at) { return leads_in(at, first, 1); };
  const auto is_next = [=](const Snapshot& at) { return leads_in(at, second, 2); };
  search::Model next = after(model, "one leads", is_first);
  next.goal("another leads after it", is_next);
  search_to_all_goals(next, 40'000);
  model.goal("one leads", is_first);
  search_to_all_goals(model, 40'000);
}

}  // namespace
}  // namespace octet::raft
