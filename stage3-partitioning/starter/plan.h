#pragma once

#include <vector>

#include "stage3-partitioning/api/slots.h"

namespace octet::slots {

/// The map that comes after `now`, for these members: in whatever order they come, and however
/// often one is named. Its slots and copies are the same, its epoch is the next one.
///
/// - The copies of a partition are on different members, or spread as evenly as possible when there
///   are fewer members than copies.
/// - Members own as many slots as each other, or one more.
/// - A member that stays gives a slot away for one of these two reasons alone (RB6). With one copy
///   of each partition no map moves fewer slots, so those who have most now keep the larger shares.
///   With several, a slot may have to make room for another: up to twice as many may move.
///
/// Without members nobody could own anything: then the map stays as it is, with its epoch.
SlotMap plan(const SlotMap& now, const std::vector<NodeId>& members);

}  // namespace octet::slots
