#pragma once

#include <optional>
#include <vector>

#include "graders/dsl/random.h"
#include "stage3-partitioning/api/slots.h"

namespace octet::slots {

/// Maps as an operator might make them, without asking a student's plan(): the copies of a
/// partition are on different nodes in all of them.

/// The next map, in which the node has no slots. At least as many others as there are copies have
/// some.
SlotMap without(const SlotMap& map, NodeId node, grading::Random& random);

/// The next map, in which the node has some slots of others.
SlotMap with(const SlotMap& map, NodeId node, grading::Random& random);

}  // namespace octet::slots
