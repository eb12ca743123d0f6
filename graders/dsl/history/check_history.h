#pragma once

#include "graders/dsl/history/history.h"
#include "graders/dsl/history/linearizability.h"

namespace octet::grading {

struct CheckedHistory {
  Linearizability::Verdict verdict = Linearizability::Verdict::yes;
  std::string object;     // when not yes: the first object that is not, or is undecided
  Linearizability found;  // of that object
  std::uint64_t visited = 0;
};

/// Checks one object after the other, each with `budget`, up to the first that is not linearizable.
/// One that is undecided leaves the whole undecided, unless another is not linearizable.
CheckedHistory check_history(const History& history, std::uint64_t budget = default_budget);

}  // namespace octet::grading
