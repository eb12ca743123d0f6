#pragma once

#include "runtime/sim/world.h"

/// What servers must not forget: whole stories, each for a world of its own.
namespace octet::shards::trial {

/// A key was deleted or has expired since a request was done, and that is asked again.
void ask_again_for_what_is_gone(sim::World& world);

/// Clients whose numbers are alike but for their upper bits.
void ask_with_large_numbers(sim::World& world);

/// A slot with many keys moves.
void move_many_keys(sim::World& world);

/// A server writes much down while it gives a slot away, and starts again.
void write_much_while_giving(sim::World& world);

}  // namespace octet::shards::trial
