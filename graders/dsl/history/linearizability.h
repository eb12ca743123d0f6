#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// One of the ways in which everything up to some moment can be explained. What is in neither list
/// has not been called, or makes no difference to anybody.
struct Explanation {
  std::vector<std::size_t> order;    // what took effect, in this order
  std::vector<std::size_t> pending;  // what was called and has not taken effect
};

struct Linearizability {
  enum class Verdict : std::uint8_t { yes, no, undecided };

  Verdict verdict = Verdict::yes;
  std::size_t unexplained = 0;            // when no: the operation at whose return no way is left
  std::vector<Explanation> explanations;  // when yes: one of all; when no: of all before that
                                          // return, with different states, at most five
  std::uint64_t visited = 0;              // states that the search has looked at
};

constexpr std::uint64_t default_budget = 10'000'000;

/// Whether there is one order of these operations on one object that agrees with real time and in
/// which each gets what it got (Herlihy and Wing 1990). They are all of one model.
///
/// The search (just_in_time.h) looks at `budget` states at most, then it is undecided; so it is
/// with more than 256 operations under way at a time.
Linearizability check_linearizability(const Operations& operations,
                                      std::uint64_t budget = default_budget);

}  // namespace octet::grading
