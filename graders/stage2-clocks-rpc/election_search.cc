// The bounded search of an election.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <vector>

#include "graders/dsl/world/search.h"
#include "graders/stage2-clocks-rpc/election_trials.h"

namespace octet::election {
namespace {

using search::Snapshot;

const std::vector<NodeId> members = {3, 12, 7};

std::string wrong_leader(const Snapshot& at) {
  for (const NodeId id : at.nodes()) {
    for (const Output& output : at.outputs<Output>(id)) {
      const NodeId leader = std::get<Elected>(output).leader;
      if (leader >= id && std::ranges::count(members, leader) > 0) continue;
      return fmt::format("process {} takes {} for the leader", id.value, leader.value);
    }
  }
  return "";
}

/// Of those that are up.
bool all_take(const Snapshot& at, NodeId leader) {
  return std::ranges::all_of(members, [&](NodeId id) {
    const auto& outputs = at.outputs<Output>(id);
    return !at.is_up(id) ||
           (!outputs.empty() && std::get<Elected>(outputs.back()).leader == leader);
  });
}

}  // namespace

void try_every_order(Make make) {
  const Config config{.members = members, .longest_delay = Electorate::longest_delay};
  search::Model model{.nodes = members,
                      .make = [&](NodeId) { return make(config); },
                      .inputs = {{3, encode(Input(Elect{}))}},
                      .max_crashes = 1,
                      .max_copies = 1};
  model.invariant("nobody takes a process below itself for the leader", wrong_leader);
  model.goal("all take the highest for the leader",
             [](const Snapshot& at) { return at.is_up(12) && all_take(at, 12); });
  model.goal("it is down, and the others take the next",
             [](const Snapshot& at) { return !at.is_up(12) && at.is_up(3) && all_take(at, 7); });
  const search::Result result = grading::search(model, {.max_states = 20'000});
  for (const search::Result::Goal& goal : result.goals) {
    EXPECT_TRUE(goal.reached) << goal.name << ": in no order. " << result.summary();
  }
}

}  // namespace octet::election
