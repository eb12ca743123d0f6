#pragma once

#include <optional>
#include <vector>

#include "graders/dsl/command_line.h"
#include "graders/dsl/results.h"

namespace octet::grading {

/// Runs the tests as run_tests() does, again and again with the seeds that follow, until
/// `request.soak_minutes` are over and the round is done. A test that has failed is not run again;
/// when all have, that is the end.
std::optional<std::vector<TestResult>> soak_tests(const std::vector<PlacedTest>& tests,
                                                  const Request& request);

}  // namespace octet::grading
