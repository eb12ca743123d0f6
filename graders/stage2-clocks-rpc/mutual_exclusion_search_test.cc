#include <fmt/format.h>

#include <cstdint>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/search.h"
#include "graders/stage2-clocks-rpc/searched_lock.h"
#include "stage2-clocks-rpc/api/solution.h"

namespace octet::mutual_exclusion {
namespace {

using grading::SearchedLock;
using search::Snapshot;

std::vector<SearchedLock::View> views(const Snapshot& at) {
  std::vector<SearchedLock::View> all;
  for (const NodeId id : at.nodes()) all.push_back(*at.view<SearchedLock::View>(id));
  return all;
}

std::string who_is_not_alone(const Snapshot& at) {
  int inside = 0;
  for (const auto& view : views(at)) {
    if (view.entered_unasked) return "a process enters that has not requested";
    inside += view.is_inside ? 1 : 0;
  }
  return inside > 1 ? fmt::format("{} processes are inside", inside) : "";
}

/// Where no message is under way and nobody is inside, nothing will ever let in who waits.
std::string who_is_stuck(const Snapshot& at) {
  bool somebody_waits = false;
  for (const auto& view : views(at)) {
    if (view.is_inside || view.uses_timers) return "";
    somebody_waits = somebody_waits || view.waits;
  }
  const bool is_stuck = somebody_waits && at.messages().empty();
  return is_stuck ? "nobody is inside, no message is under way, and a process waits" : "";
}

/// The first process comes `times` times, the others once.
search::Model model(const std::vector<NodeId>& members, std::uint32_t times) {
  search::Model model{.nodes = members};
  model.make = [members, times](NodeId id) {
    return std::make_unique<SearchedLock>(make_mutual_exclusion({members}),
                                          id == members.front() ? times : 1);
  };
  model.invariant("one at a time is inside (X1)", who_is_not_alone);
  model.invariant("each request is granted (X3)", who_is_stuck);
  for (const NodeId id : members) {
    model.goal(fmt::format("process {} has entered", id.value),
               [id](const Snapshot& at) { return at.view<SearchedLock::View>(id)->entered > 0; });
  }
  return model;
}

void search_all(const search::Model& model) {
  const search::Result result = grading::search(model, {.max_states = 20'000});
  for (const auto& goal : result.goals) {
    EXPECT_TRUE(goal.reached) << "it never comes to this: " << goal.name;
  }
}

GRADED_TEST(MutualExclusion, EveryOrder, 1,
            "at most one is inside and nobody waits in vain, in every order in which two and three "
            "processes can do what they do (X1, X3)") {
  search_all(model({7, 4}, 2));
  search_all(model({4, 9}, 2));
  search_all(model({30, 4, 9}, 1));
}

}  // namespace
}  // namespace octet::mutual_exclusion
