#include "graders/stage4-raft/searched.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <utility>

#include "graders/dsl/world/search.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

namespace octet::raft {
namespace {

using search::Snapshot;

std::string two_leaders(const Snapshot& at) {
  std::map<Term, NodeId> leaders;
  for (const NodeId id : at.nodes()) {
    const View* const view = at.view<View>(id);
    if (view == nullptr || view->role != Role::leader) continue;
    const auto [leader, is_new] = leaders.emplace(view->term, id);
    if (is_new) continue;
    return fmt::format("{} and {} both lead in term {} (Election Safety, §5.2)",
                       name(leader->second), name(id), number(view->term));
  }
  return "";
}

std::string two_commands(const Snapshot& at) {
  std::map<Index, std::pair<NodeId, Committed>> applied;
  for (const NodeId id : at.nodes()) {
    for (const Output& output : at.outputs<Output>(id)) {
      const auto* const committed = std::get_if<Committed>(&output);
      if (committed == nullptr) continue;
      const auto [known, is_new] = applied.try_emplace(committed->index, id, *committed);
      const auto& [other, same] = known->second;
      if (is_new || same == *committed) continue;
      return fmt::format("{} applies {} at index {}, and {} {} (State Machine Safety, §5.4)",
                         name(other), text_of({same.term, same.command}), number(same.index),
                         name(id), text_of({committed->term, committed->command}));
    }
  }
  return "";
}

bool is_in(const Snapshot& at, NodeId id, std::uint64_t term, Role role) {
  const View* const view = at.view<View>(id);
  return view != nullptr && view->role == role && number(view->term) == term;
}

}  // namespace

search::Model searched_servers(std::size_t size, std::uint64_t last_term, Config config) {
  config.servers = servers_of_size(size);
  // Timers run out whatever they are set to. Who draws that has fewer ways to.
  config.election_timeout = std::chrono::milliseconds(30);
  config.heartbeat = std::chrono::milliseconds(10);
  search::Model model{.nodes = config.servers,
                      .make = [config](NodeId) { return make_server(config); },
                      .max_copies = 1};
  model.invariant("one leader in a term", two_leaders);
  model.invariant("one command at a place", two_commands);
  model.prune("a later term", [last_term](const Snapshot& at) {
    return std::ranges::any_of(at.nodes(), [&](NodeId id) {
      const View* const view = at.view<View>(id);
      return view != nullptr && number(view->term) > last_term;
    });
  });
  return model;
}

bool leads_in(const Snapshot& at, NodeId id, std::uint64_t term) {
  return is_in(at, id, term, Role::leader);
}

bool stands_in(const Snapshot& at, NodeId id, std::uint64_t term) {
  return is_in(at, id, term, Role::candidate);
}

bool has_in_log(const Snapshot& at, NodeId id, const std::string& command) {
  const View* const view = at.view<View>(id);
  return view != nullptr &&
         std::ranges::find(view->log, command, &Entry::command) != view->log.end();
}

bool is_on_the_way_from(const Snapshot& at, NodeId sender) {
  return std::ranges::any_of(
      at.messages(), [=](const search::InFlight& message) { return message.from == sender; });
}

search::GivenInput proposal(NodeId at, const std::string& command) {
  return {at, encode(Input(Propose{command}))};
}

std::size_t count_committed(const Snapshot& at, NodeId id) {
  const auto& outputs = at.outputs<Output>(id);
  return static_cast<std::size_t>(std::ranges::count_if(
      outputs, [](const Output& output) { return std::holds_alternative<Committed>(output); }));
}

void search_to_all_goals(const search::Model& model, std::uint64_t max_states) {
  const search::Result result = grading::search(model, {.max_states = max_states});
  for (const search::Result::Goal& goal : result.goals) {
    EXPECT_TRUE(goal.reached || !result.exhausted())
        << goal.name << ": in no order. " << result.summary();
  }
}

}  // namespace octet::raft
