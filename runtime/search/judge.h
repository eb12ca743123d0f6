#pragma once

#include <optional>

#include "runtime/search/catalogue.h"
#include "runtime/search/explorer.h"
#include "runtime/search/world_state.h"

namespace octet::search {

/// What a state means for the search.
struct Verdict {
  std::optional<Result::End> end = {};  // how the search ends with it, if it does
  bool is_pruned = false;
};

/// Looks at states, counts them, and says when the search is over. A check that throws is a
/// violation.
class Judge {
 public:
  Judge(Catalogue& catalogue, const Bounds& bounds, Result& result);

  /// A state that is new.
  Verdict meet(const WorldState& state, std::size_t depth);

  /// One that was met before: nothing but prunes can be said of it.
  Verdict meet_again(const WorldState& state);

 private:
  template <class Decide>
  Verdict decide(const WorldState& state, Decide decide);
  void count(std::size_t depth);
  bool is_broken(const Snapshot& snapshot);
  void note_goals(const Snapshot& snapshot, std::size_t depth);
  bool is_pruned(const Snapshot& snapshot) const;

  Catalogue& catalogue_;
  const Bounds& bounds_;
  Result& result_;
  std::size_t unreached_;
};

}  // namespace octet::search
