// The bounded search of replication.
#include <variant>

#include "graders/dsl/graded_test.h"
#include "graders/stage4-raft/searched.h"

namespace octet::raft {
namespace {

using search::Snapshot;

search::GivenInput proposal(NodeId at, const std::string& command) {
  return {at, encode(Input(Propose{command}))};
}

GRADED_TEST(Replication, EveryOrder, 1,
            "in no order of messages, timeouts and proposals do two servers apply different "
            "commands at one place, while two leaders come after each other (RF5)") {
  search::Model model = searched_servers(3, 2);
  const NodeId first = model.nodes[0];
  const NodeId second = model.nodes[1];
  model.inputs = {proposal(first, "x"), proposal(second, "y")};
  model = after(model, "one leads", [=](const Snapshot& at) { return leads_in(at, first, 1); });
  model = after(model, "it commits a command",
                [=](const Snapshot& at) { return count_committed(at, first) == 1; });
  model =
      after(model, "another leads", [=](const Snapshot& at) { return leads_in(at, second, 2); });
  model.max_duplicates = 1;
  model.goal("both commands are committed",
             [=](const Snapshot& at) { return count_committed(at, second) == 2; });
  search_to_all_goals(model, 100'000);
}

}  // namespace
}  // namespace octet::raft
