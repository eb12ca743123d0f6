#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/random.h"
#include "runtime/search/search.h"
#include "runtime/search/visited.h"

namespace octet::search {

/// Walks from the root on, one after the other, until the steps are used up.
class RandomWalks {
 public:
  RandomWalks(const Model& model, std::uint64_t seed, const Bounds& bounds)
      : search_(model, bounds), random_(seed, "search") {}

  Result run();

 private:
  std::optional<Result::End> walk();
  Id pick();

  Search search_;
  Random random_;
  Visited visited_;
  WorldState state_;
  WorldState next_;
  std::vector<Move> moves_;
};

}  // namespace octet::search
