#pragma once

#include <optional>
#include <vector>

#include "graders/dsl/command_line.h"
#include "graders/dsl/results.h"

namespace octet::grading {

/// Runs the tests, each in a process of its own, several at a time, and shows progress on stderr.
/// The results are in the order of `tests`, whatever the order in which they ended. Nothing when a
/// signal (SIGINT, SIGTERM, SIGHUP) stopped the run; then everything it started is dead.
std::optional<std::vector<TestResult>> run_tests(const std::vector<PlacedTest>& tests,
                                                 const Request& request);

}  // namespace octet::grading
