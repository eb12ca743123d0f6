#pragma once

#include <cstdint>

#include "graders/dsl/history/linearizability.h"

namespace octet::grading {

/// The beginning of a history that is not linearizable, up to the first return that the past does
/// not explain; all that returns later has no known end in it.
struct Violation {
  Operations operations;
  Linearizability found;  // of these operations
};

/// `found` says no. The search knows the future, and may have stopped before the first return that
/// the past alone does not explain; this finds it with at most `budget` states for each attempt, or
/// keeps the one that was found.
Violation first_violation(const Operations& operations, const Linearizability& found,
                          std::uint64_t budget = default_budget);

}  // namespace octet::grading
