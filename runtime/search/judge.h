#pragma once

#include <optional>

#include "runtime/search/catalogue.h"
#include "runtime/search/explorer.h"
#include "runtime/search/world_state.h"

namespace octet::search {

/// Looks at every state that is new, counts it, and says when the search is over.
class Judge {
 public:
  Judge(Catalogue& catalogue, const Bounds& bounds, Result& result);

  /// How the search ends with this state, if it does.
  std::optional<Result::End> meet(const WorldState& state, std::size_t depth);

  bool is_pruned(const WorldState& state) const;

 private:
  void count(std::size_t depth);
  bool is_broken(const Snapshot& snapshot);
  void note_goals(const Snapshot& snapshot, std::size_t depth);

  Catalogue& catalogue_;
  const Bounds& bounds_;
  Result& result_;
  std::size_t unreached_;
};

}  // namespace octet::search
