#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// One of the ways in which everything up to some moment can be explained.
struct Explanation {
  std::optional<std::string> value;  // then; nothing when no operation sees it any more
  std::vector<std::size_t> order;    // the last operations, as they took effect
};

struct Linearizability {
  enum class Verdict : std::uint8_t { yes, no, undecided };

  Verdict verdict = Verdict::yes;
  std::size_t unexplained = 0;  // when no: the first operation whose return has no way left
  std::vector<Explanation> explanations;  // when no: of all before that return, at most five
  std::uint64_t visited = 0;              // states of the search
};

/// Whether there is one order of these operations on one key that agrees with real time and in
/// which each gets what it got (Herlihy and Wing 1990). The key begins empty.
///
/// The search goes through the history once, and decides at each return what must have taken effect
/// by then (Lowe 2017, "just in time"). It keeps the set of all that may be so: which of the
/// operations under way have taken effect, and a place in the trie of seen values. At most `budget`
/// states, then it is undecided, and so it is with more than 256 operations under way.
Linearizability check_linearizability(Operations operations, std::uint64_t budget = 10'000'000);

}  // namespace octet::grading
