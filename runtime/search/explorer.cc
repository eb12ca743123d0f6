#include "runtime/search/explorer.h"

#include "runtime/search/breadth_first.h"
#include "runtime/search/random_walks.h"

namespace octet::search {

Result explore(const Model& model, const Bounds& bounds) {
  return BreadthFirst(model, bounds).run();
}

Result explore_randomly(const Model& model, std::uint64_t seed, const Bounds& bounds) {
  return RandomWalks(model, seed, bounds).run();
}

}  // namespace octet::search
