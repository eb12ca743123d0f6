#pragma once

#include <cstdint>
#include <set>
#include <string>
#include <vector>

#include "runtime/search/explorer.h"

namespace octet::search {

/// How many states a model has at each depth, counted the slow way: whole worlds are copied, every
/// handler runs anew, and worlds are compared by all of their bytes. Shares nothing with the search
/// but the model. For models without choices, invariants and prunes.
std::vector<std::uint64_t> states_by_depth_the_slow_way(const Model& model);

}  // namespace octet::search
