#include "runtime/search/search.h"

#include <algorithm>
#include <limits>
#include <string>
#include <utility>

#include "runtime/check.h"
#include "runtime/search/story.h"

namespace octet::search {

using End = Result::End;

Search::Search(const Model& model, const Bounds& bounds)
    : bounds_(bounds),
      catalogue_(model),
      transitions_(catalogue_, bounds.max_choices),
      start_(model.opening.empty() ? steps_to_start(catalogue_) : 0) {
  OCTET_CHECK(start_ > 0 || model.opening.size() >= steps_to_start(catalogue_),
              "an opening begins with the start of every node");
  OCTET_CHECK(bounds.max_states < std::numeric_limits<Id>::max(), "a state's number has 32 bits");
  OCTET_CHECK(bounds.max_depth < std::numeric_limits<Id>::max(), "so that sums of it fit");
  OCTET_CHECK(bounds.max_choices > 0, "a handler ends somehow");
}

std::optional<End> Search::open() {
  WorldState state;
  root_ = before_the_start(catalogue_);
  std::vector<Move> moves;
  for (const Step& step : catalogue_.model.opening) {
    std::swap(state, root_);
    list_moves(state, moves);
    const auto found = std::find_if(moves.begin(), moves.end(), [&](const Move& move) {
      return as_step(move, catalogue_, transitions_) == step;
    });
    if (found == moves.end()) return stuck();
    opening_.push_back(static_cast<Id>(found - moves.begin()));
    if (fails(*found)) return fail(*found, opening_);
    make_move(*found, state, root_);
  }
  const auto end = meet(root_, 0).end;
  return end ? std::optional(tell(*end, opening_)) : std::nullopt;
}

End Search::stuck() {
  result_.violation = "step " + std::to_string(opening_.size() + 1) +
                      " of the opening cannot be taken; the steps before it can";
  return tell(End::opening, opening_);
}

void Search::list_moves(const WorldState& state, std::vector<Move>& moves) {
  search::list_moves(state, catalogue_, transitions_, moves);
}

bool Search::crashes(const Move& move) const {
  return move.outcome != none && transitions_[move.outcome].crashes();
}

bool Search::fails(const Move& move) const {
  return move.outcome != none && transitions_[move.outcome].failure != none;
}

void Search::make_move(const Move& move, const WorldState& before, WorldState& after) const {
  search::make_move(move, before, catalogue_, transitions_, after);
}

Verdict Search::meet(const WorldState& state, std::size_t level) {
  return level < start_ ? Verdict() : judge_.meet(state, level - start_);
}

Verdict Search::meet_again(const WorldState& state, std::size_t level) {
  return level < start_ ? Verdict() : judge_.meet_again(state);
}

End Search::fail(const Move& move, const Path& path) {
  result_.violation = transitions_.failure(transitions_[move.outcome]);
  return tell(End::violation, path);
}

/// Takes the path once more. An end by a bound has none to show.
End Search::tell(End end, const Path& path) {
  if (end == End::max_states) return end;
  WorldState state = before_the_start(catalogue_);
  WorldState next;
  std::vector<Move> moves;
  for (const Id i : path) {
    list_moves(state, moves);
    result_.trace.push_back(as_step(moves[i], catalogue_, transitions_));
    result_.told.push_back(search::tell(moves[i], state, catalogue_, transitions_));
    make_move(moves[i], state, next);
    std::swap(state, next);
  }
  return end;
}

Result Search::finish(End end) {
  const bool is_honest = end != End::exhausted || !transitions_.left_choices_out();
  result_.end = is_honest ? end : End::max_choices;
  return std::move(result_);
}

}  // namespace octet::search
