#pragma once

#include <cstdint>
#include <deque>
#include <string>

#include "graders/dsl/history/violation.h"

namespace octet::grading {

/// A small part of a violation that still is one, to show to people.
struct Shrunk {
  Violation violation;
  bool is_finished = true;  // false when the budget ended first, so it may be smaller yet
  std::uint64_t visited = 0;
  std::deque<std::string> texts;  // what its operations refer to, beside the texts of the history
};

/// Takes operations away, with the search as judge (ddmin, Zeller and Hildebrandt 2002): first
/// those that only read, then those whose effect nobody sees, then values of which others are made,
/// from all that show them. Each step makes a linearizable history of a linearizable one
/// (removals.h), so none can make a violation up.
Shrunk shrink(const Violation& violation, std::uint64_t budget = default_budget);

}  // namespace octet::grading
