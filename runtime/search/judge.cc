#include "runtime/search/judge.h"

#include <algorithm>

namespace octet::search {

using End = Result::End;

Judge::Judge(Catalogue& catalogue, const Bounds& bounds, Result& result)
    : catalogue_(catalogue),
      bounds_(bounds),
      result_(result),
      unreached_(catalogue.model.goals.size()) {
  for (const auto& goal : catalogue.model.goals) result_.goals.push_back({.name = goal.name});
}

std::optional<End> Judge::meet(const WorldState& state, std::size_t depth) {
  if (result_.states == bounds_.max_states) return End::max_states;
  count(depth);
  const Snapshot snapshot(catalogue_, state);
  if (is_broken(snapshot)) return End::violation;
  if (unreached_ == 0) return std::nullopt;
  note_goals(snapshot, depth);
  return bounds_.until_goals && unreached_ == 0 ? std::optional(End::goals) : std::nullopt;
}

bool Judge::is_pruned(const WorldState& state) const {
  const Snapshot snapshot(catalogue_, state);
  const auto& prunes = catalogue_.model.prunes;
  return std::any_of(prunes.begin(), prunes.end(),
                     [&](const Model::Condition& prune) { return prune.is_met(snapshot); });
}

void Judge::count(std::size_t depth) {
  ++result_.states;
  result_.depth = std::max(result_.depth, depth);
  result_.states_by_depth.resize(result_.depth + 1);
  ++result_.states_by_depth[depth];
}

bool Judge::is_broken(const Snapshot& snapshot) {
  for (const auto& invariant : catalogue_.model.invariants) {
    const std::string broken = invariant.broken(snapshot);
    if (broken.empty()) continue;
    result_.violation = "\"" + invariant.name + "\" does not hold: " + broken;
    return true;
  }
  return false;
}

void Judge::note_goals(const Snapshot& snapshot, std::size_t depth) {
  for (std::size_t i = 0; i < result_.goals.size(); ++i) {
    Result::Goal& goal = result_.goals[i];
    if (goal.reached || !catalogue_.model.goals[i].is_met(snapshot)) continue;
    goal.reached = true;
    goal.depth = depth;
    --unreached_;
  }
}

}  // namespace octet::search
