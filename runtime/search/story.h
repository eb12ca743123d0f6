#pragma once

#include <string>

#include "runtime/search/moves.h"

namespace octet::search {

/// A move in words: what happens; what the node does then, as far as it gets; what it shows
/// afterwards. Lines after the first are indented.
std::string tell(const Move& move, const WorldState& before, const Catalogue& catalogue,
                 const Transitions& transitions);

}  // namespace octet::search
