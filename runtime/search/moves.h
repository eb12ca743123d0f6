#pragma once

#include <vector>

#include "runtime/search/step.h"
#include "runtime/search/transitions.h"
#include "runtime/search/world_state.h"

namespace octet::search {

/// One step out of a state of the world.
struct Move {
  Id outcome = none;  // none when a message is lost
  Id place = 0;       // the node's
  Id message = none;  // that arrives or is lost
  bool comes_again = false;
};

/// Every node unstarted, nothing in flight.
WorldState before_the_start(Catalogue& catalogue);

/// How many steps it takes until the world has started.
std::size_t steps_to_start(const Catalogue& catalogue);

/// All that can happen in a state, in an order that depends on nothing else.
void list_moves(const WorldState& state, const Catalogue& catalogue, Transitions& transitions,
                std::vector<Move>& moves);

/// `after` becomes what a move makes of `before`.
void make_move(const Move& move, const WorldState& before, const Catalogue& catalogue,
               const Transitions& transitions, WorldState& after);

Step as_step(const Move& move, const Catalogue& catalogue, const Transitions& transitions);

}  // namespace octet::search
