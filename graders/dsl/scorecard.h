#pragma once

#include <string>

#include "graders/dsl/results.h"

namespace octet::grading {

struct ScorecardStyle {
  bool colour = false;
};

/// What a person sees at the end of a run: the parts with their points, then every failed test with
/// its claim, what happened, its story, and the command that runs it again, then the total.
std::string scorecard(const Results& results, ScorecardStyle style);

/// Every graded test with its part, points and claim.
std::string listing(const std::vector<PlacedTest>& tests);

}  // namespace octet::grading
