// The bounded searches of fail-overs.
#include <algorithm>
#include <map>
#include <optional>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/search.h"
#include "graders/stage3-partitioning/replica_model.h"
#include "graders/stage3-partitioning/replica_text.h"
#include "graders/stage3-partitioning/replicas.h"

namespace octet::followers {
namespace {

using search::GivenInput;
using search::Snapshot;

GivenInput given(NodeId id, const Input& input) {
  return {id, encode(input)};
}

bool leads_in(const Snapshot& at, NodeId id, std::uint64_t epoch) {
  const View* const view = at.view<View>(id);
  return view != nullptr && view->role == Role::leader && number(view->epoch) == epoch;
}

bool somebody_leads_in(const Snapshot& at, std::uint64_t epoch) {
  return std::ranges::any_of(at.nodes(), [&](NodeId id) { return leads_in(at, id, epoch); });
}

std::string two_leaders(const Snapshot& at) {
  std::map<Epoch, NodeId> leaders;
  for (const NodeId id : at.nodes()) {
    const View* const view = at.view<View>(id);
    if (view == nullptr || view->role != Role::leader) continue;
    const auto [leader, is_new] = leaders.emplace(view->epoch, id);
    if (is_new) continue;
    return fmt::format("{} and {} both lead in epoch {}", name(leader->second), name(id),
                       number(view->epoch));
  }
  return "";
}

/// What was acknowledged is in the log of who leads later.
std::string lost_write(const Snapshot& at) {
  for (const NodeId id : at.nodes()) {
    for (const Output& output : at.outputs<Output>(id)) {
      const auto* const told = std::get_if<Acknowledged>(&output);
      if (told == nullptr) continue;
      for (const NodeId other : at.nodes()) {
        const View* const view = at.view<View>(other);
        if (view == nullptr || view->role != Role::leader) continue;
        if (view->epoch <= told->token.epoch || has(view->log, told->token)) continue;
        return fmt::format(
            "{} leads in epoch {}, and what {} has acknowledged in epoch {} at index {} is not in "
            "its log (LF4)",
            name(other), number(view->epoch), name(id), number(told->token.epoch),
            number(told->token.index));
      }
    }
  }
  return "";
}

search::Model three_replicas(const std::vector<GivenInput>& inputs) {
  const Config config{.replicas = replicas_of_size(3), .durable_on = 2};
  search::Model model{.nodes = config.replicas,
                      .make = [config](NodeId) { return make_replica(config); },
                      .inputs = inputs,
                      .max_copies = 1};
  model.invariant("one leader in an epoch", two_leaders);
  model.invariant("no acknowledged write is lost", lost_write);
  return model;
}

/// A search that ends before it has seen all states does not count for its goals: another design
/// may have more of them.
void search_to_all_goals(const search::Model& model, std::uint64_t max_states) {
  const search::Result result = grading::search(model, {.max_states = max_states});
  for (const search::Result::Goal& goal : result.goals) {
    EXPECT_TRUE(goal.reached || !result.exhausted())
        << goal.name << ": in no order. " << result.summary();
  }
}

/// The shortest run to where somebody leads in epoch 1 opens the search. Who that is.
NodeId open_with_a_leader(search::Model& model) {
  std::optional<NodeId> leader;
  search::Model way = model;
  way.goal("somebody leads in epoch 1", [&](const Snapshot& at) {
    for (const NodeId id : at.nodes()) {
      if (leads_in(at, id, 1)) leader = id;
    }
    return leader.has_value();
  });
  const search::Result result = search::explore(way, {.max_states = 50'000, .until_goals = true});
  if (result.end != search::Result::End::goals) {
    grading::fail("one replica is handed epoch 1, and in no order of messages does anybody lead: " +
                  result.summary());
  }
  model.opening = result.trace;
  return *leader;
}

void search_one_epoch() {
  const auto ids = replicas_of_size(3);
  search::Model model =
      three_replicas({given(ids[0], FailOver{Epoch{1}}), given(ids[1], FailOver{Epoch{1}}),
                      given(ids[0], FailOver{Epoch{1}})});
  model.max_crashes = 1;
  model.goal("somebody leads, and somebody is down", [](const Snapshot& at) {
    return somebody_leads_in(at, 1) &&
           std::ranges::any_of(at.nodes(), [&](NodeId id) { return !at.is_up(id); });
  });
  search_to_all_goals(model, 60'000);
}

/// A write is under way when the next epoch begins.
void search_two_epochs() {
  const auto ids = replicas_of_size(3);
  search::Model model = three_replicas({given(ids[0], FailOver{Epoch{1}})});
  const NodeId leader = open_with_a_leader(model);
  const NodeId next = leader == ids[2] ? ids[1] : ids[2];
  model.inputs.push_back(given(leader, Submit{1, Put{"x", "1"}}));
  model.inputs.push_back(given(next, FailOver{Epoch{2}}));
  model.max_crashes = 1;
  model.goal("epoch 2 begins with the write", [](const Snapshot& at) {
    return std::ranges::any_of(at.nodes(), [&](NodeId id) {
      return leads_in(at, id, 2) && std::ranges::any_of(at.view<View>(id)->log, [](const Entry& e) {
               return e.write.has_value();
             });
    });
  });
  search_to_all_goals(model, 60'000);
}

GRADED_TEST(FailOver, EveryOrder, 1,
            "in no order of messages, retries and a crash, after any effect, do two replicas lead "
            "in one epoch, or does one lead without a write that was acknowledged (LF4, LF5)") {
  search_one_epoch();
  search_two_epochs();
}

}  // namespace
}  // namespace octet::followers
