#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/search/search.h"
#include "runtime/search/visited.h"

namespace octet::search {

/// Every state once, the nearest first; so the first that is wrong is as near as any.
class BreadthFirst {
 public:
  BreadthFirst(const Model& model, const Bounds& bounds) : search_(model, bounds) {}

  Result run();

 private:
  std::optional<Result::End> expand(std::size_t level);
  void enqueue(Id number, const WorldState& state);
  Result::End beyond();
  Path path_to(Id number, Id last_move) const;

  Search search_;
  Visited visited_;
  Frontier frontier_;
  std::uint64_t queued_ = 0;  // states of the next level
  WorldState state_;
  WorldState next_;
  std::vector<Move> moves_;
};

}  // namespace octet::search
