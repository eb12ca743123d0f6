#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/world/search.h"
#include "graders/stage3-partitioning/shard_maps.h"
#include "stage3-partitioning/api/solution.h"

/// The bounded search of servers between which one slot moves.
namespace octet::shards::trial {
namespace {

using search::Snapshot;

bool serves(const Snapshot& at, NodeId id) {
  const View* const view = at.view<View>(id);
  if (view == nullptr) return false;
  const auto held = view->held.find(Slot{0});
  return held != view->held.end() && held->second.serves;
}

std::string two_who_serve(const Snapshot& at) {
  std::optional<NodeId> first;
  for (const NodeId id : at.nodes()) {
    if (!serves(at, id)) continue;
    if (first) return fmt::format("{} and {} both serve slot 0", name(*first), name(id));
    first = id;
  }
  return "";
}

/// Of the one key: two requests of theirs have the same version, so one was lost.
std::string one_is_lost(const Snapshot& at) {
  std::map<std::uint64_t, RequestId> written;
  for (const NodeId id : at.nodes()) {
    for (const Output& output : at.outputs<Output>(id)) {
      const auto* const done = std::get_if<Done>(&output);
      const auto* const result = done == nullptr ? nullptr : std::get_if<Written>(&done->result);
      if (result == nullptr) continue;
      const auto [other, is_new] = written.emplace(result->version, done->id);
      if (is_new || other->second == done->id) continue;
      return fmt::format("the Appends of clients {} and {} both got version {}: one is lost",
                         other->second.client, done->id.client, result->version);
    }
  }
  return "";
}

std::string nobody_has_it(const Snapshot& at) {
  for (const NodeId id : at.nodes()) {
    const View* const view = at.view<View>(id);
    if (view == nullptr || view->held.contains(Slot{0})) return "";
  }
  return "all servers are up, and none of them holds slot 0";
}

std::size_t count_done(const Snapshot& at, NodeId id) {
  const auto& outputs = at.outputs<Output>(id);
  return static_cast<std::size_t>(std::ranges::count_if(
      outputs, [](const Output& output) { return std::holds_alternative<Done>(output); }));
}

search::GivenInput append(NodeId server, std::uint64_t number) {
  return {server, encode(Input(Request{{server.value, number}, Append{"x", "a"}}))};
}

/// One slot. Each server has a client of its own, which asks for an Append after the server has
/// heard of its maps, and of the first owner also before.
search::Model one_slot(const std::vector<NodeId>& servers,
                       const std::map<NodeId, std::vector<SlotMap>>& maps) {
  const Config config{.founding = dealt_to({servers.front()}, 1)};
  search::Model model{.nodes = servers,
                      .make = [config](NodeId) { return make_shard_server(config); },
                      .max_crashes = 1,
                      .max_copies = 1};
  model.inputs.push_back(append(servers.front(), 1));
  for (const NodeId id : servers) {
    for (const SlotMap& map : maps.at(id)) model.inputs.push_back({id, encode(Input(NewMap{map}))});
    model.inputs.push_back(append(id, 2));
  }
  model.invariant("a slot has one server at most (RB2)", two_who_serve);
  model.invariant("nothing acknowledged is lost (RB1)", one_is_lost);
  model.invariant("somebody has the content (RB4)", nobody_has_it);
  return model;
}

/// A search that ends before it has seen all states may not have come to a goal: another design may
/// have more of them.
void search_to_all_goals(const search::Model& model, std::uint64_t max_states) {
  const search::Result result = grading::search(model, {.max_states = max_states});
  for (const search::Result::Goal& goal : result.goals) {
    EXPECT_TRUE(goal.reached || !result.exhausted())
        << goal.name << ": in no order. " << result.summary();
  }
}

GRADED_TEST(Shards, EveryOrder, 1,
            "in no order of messages, timers, maps and a crash, after any effect, is a slot served "
            "twice, or something acknowledged lost (RB1, RB2, RB4)") {
  const SlotMap founding = dealt_to({21}, 1);
  const SlotMap second = dealt_anew(founding, {4});
  search::Model there = one_slot({21, 4}, {{21, {second}}, {4, {}}});
  there.max_duplicates = 1;
  there.goal("the slot moves, and the new owner has done a request",
             [](const Snapshot& at) { return count_done(at, 4) > 0; });
  there.goal("the old owner has done a request before",
             [](const Snapshot& at) { return count_done(at, 4) > 0 && count_done(at, 21) > 0; });
  there.goal("the old owner has crashed, and the slot moves",
             [](const Snapshot& at) { return !at.is_up(21) && serves(at, 4); });
  search_to_all_goals(there, 30'000);

  const SlotMap third = dealt_anew(second, {21});
  search::Model back = one_slot({21, 4}, {{21, {second, third}}, {4, {second, third}}});
  back.goal("the slot moves", [](const Snapshot& at) { return serves(at, 4); });
  search_to_all_goals(back, 30'000);

  search::Model on =
      one_slot({21, 4, 9}, {{21, {second, dealt_anew(second, {9})}}, {4, {}}, {9, {}}});
  on.goal("the slot goes to the one", [](const Snapshot& at) { return serves(at, 4); });
  on.goal("the slot goes to the other", [](const Snapshot& at) { return serves(at, 9); });
  search_to_all_goals(on, 30'000);
}

}  // namespace
}  // namespace octet::shards::trial
