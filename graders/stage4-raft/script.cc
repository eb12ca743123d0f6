#include "graders/stage4-raft/script.h"

#include <algorithm>
#include <utility>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/search.h"
#include "graders/stage4-raft/cluster.h"
#include "graders/stage4-raft/text.h"

namespace octet::raft {

using search::Snapshot;
using search::Step;

Script::Script(std::size_t size, std::vector<search::GivenInput> inputs, Config config)
    : config_(std::move(config)), servers_(servers_of_size(size)), inputs_(std::move(inputs)) {}

Script& Script::until(const std::string& what, std::uint64_t last_term, const IsSo& is_so) {
  search::Model model = from_here(last_term);
  model.goal(what, [&](const Snapshot& at) {
    if (!is_so(at)) return false;
    on_the_way_.clear();
    for (const search::InFlight& message : at.messages()) {
      on_the_way_.push_back({.kind = Step::Kind::lose,
                             .node = message.to,
                             .from = message.from,
                             .bytes = Bytes(message.bytes)});
    }
    return true;
  });
  const auto result = grading::search(model, {.max_states = 200'000, .until_goals = true});
  if (!result.reached(what)) grading::fail(what + ": in no order. " + result.summary());
  taken_ = result.trace;
  return *this;
}

Script& Script::lose_all() {
  lose([](const Step&) { return true; });
  return *this;
}

Script& Script::lose_all_but(NodeId from, NodeId to) {
  lose([=](const Step& step) { return step.from != from || step.node != to; });
  return *this;
}

Script& Script::lose_between(NodeId one, NodeId other) {
  lose([=](const Step& step) {
    return (step.from == one && step.node == other) || (step.from == other && step.node == one);
  });
  return *this;
}

Script& Script::crash(NodeId id) {
  taken_.push_back({.kind = Step::Kind::crash, .node = id});
  ++crashes_;
  down_.insert(id);
  return *this;
}

Script& Script::let_restart(NodeId id) {
  down_.erase(id);
  return *this;
}

Script& Script::crash_with(NodeId leader, const std::string& command, std::uint64_t term) {
  ++crashes_;
  until(name(leader) + " starts again with what it has taken", term, [&](const Snapshot& at) {
    const View* const view = at.view<View>(leader);
    return view != nullptr && number(view->term) == term && view->role == Role::follower &&
           has_in_log(at, leader, command);
  });
  return crash(leader);
}

search::Model Script::from_here(std::uint64_t last_term) const {
  search::Model model = searched_servers(servers_.size(), last_term, config_);
  model.inputs = inputs_;
  model.max_crashes = crashes_;
  model.max_losses = losses_;
  model.opening = taken_;
  model.prune("up again", [down = down_](const Snapshot& at) {
    return std::ranges::any_of(down, [&](NodeId id) { return at.is_up(id); });
  });
  return model;
}

void Script::lose(const std::function<bool(const Step&)>& is_lost) {
  const auto kept = std::ranges::partition(on_the_way_, is_lost);
  losses_ += static_cast<std::uint32_t>(kept.begin() - on_the_way_.begin());
  taken_.insert(taken_.end(), on_the_way_.begin(), kept.begin());
  on_the_way_.erase(on_the_way_.begin(), kept.begin());
}

}  // namespace octet::raft
