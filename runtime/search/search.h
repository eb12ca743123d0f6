#pragma once

#include <optional>
#include <vector>

#include "runtime/search/catalogue.h"
#include "runtime/search/explorer.h"
#include "runtime/search/judge.h"
#include "runtime/search/moves.h"
#include "runtime/search/transitions.h"
#include "runtime/search/world_state.h"

namespace octet::search {

/// The moves taken since before the nodes' start, each as its place among the moves that there
/// were.
using Path = std::vector<Id>;

/// What every way of searching stands on: a world that opens, moves in it, their judge, and the
/// result. A level counts steps from where the search begins: the state after the opening, or
/// before the nodes' start when there is none.
class Search {
 public:
  Search(const Model& model, const Bounds& bounds);

  /// Takes the steps that the model opens with. Says how the search ends, if it does.
  std::optional<Result::End> open();

  /// After the opening: where paths begin, and how deep the search may go from there.
  const Path& opening() const { return opening_; }
  const WorldState& root() const { return root_; }
  std::size_t last_level() const { return start_ + bounds_.max_depth; }
  const Bounds& bounds() const { return bounds_; }

  void list_moves(const WorldState& state, std::vector<Move>& moves);
  bool crashes(const Move& move) const;
  bool fails(const Move& move) const;
  void make_move(const Move& move, const WorldState& before, WorldState& after) const;

  /// Nobody looks at a world before all of its nodes have started.
  Verdict meet(const WorldState& state, std::size_t level);
  Verdict meet_again(const WorldState& state, std::size_t level);

  /// The end by a move that fails, and by what the judge found: the result tells the path.
  Result::End fail(const Move& move, const Path& path);
  Result::End tell(Result::End end, const Path& path);

  Result& result() { return result_; }
  Result finish(Result::End end);

 private:
  Result::End stuck();

  Bounds bounds_;
  Catalogue catalogue_;
  Transitions transitions_;
  std::size_t start_;  // levels before every node has started
  Path opening_;
  WorldState root_;
  Result result_;
  Judge judge_{catalogue_, bounds_, result_};
};

}  // namespace octet::search
