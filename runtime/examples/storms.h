#pragma once

#include <cstdint>

#include "runtime/minimize/minimize.h"

/// The primary and its backup at work while everything goes wrong.
namespace octet::examples {

/// Nodes 1 and 2 append twenty entries in ten seconds; at every moment, what the primary counts as
/// copied has to be in the backup's log. A hasty backup does not manage that.
Experiment primary_backup_at_work(std::uint64_t seed, bool is_hasty);

/// Crashes, pauses, cuts, clocks and disks that go wrong in these ten seconds, drawn from the seed.
sim::Plan storm(std::uint64_t seed);

}  // namespace octet::examples
