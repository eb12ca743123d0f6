#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "graders/dsl/report.h"
#include "graders/dsl/sandbox.h"
#include "graders/dsl/test_process.h"

namespace octet::grading {

/// How one run of one test went, in words. All texts are printable.
struct Outcome {
  bool passed = false;
  std::vector<std::string> messages;  // why it failed; empty exactly when it passed
  std::vector<std::string> trace;     // where it crashed, innermost first
  std::vector<std::string> story;     // what was told, without the numbers
  std::size_t story_left_out = 0;     // lines missing after the first Report::story_head
  std::string printed;                // what the solution wrote to stdout and stderr
  std::string trace_file;             // of the failing run, if it was written down
  double seconds = 0;
};

/// The verdict: passed only if the grader's own code ran to its end, recorded no failure, and the
/// process ended as the grader ends it, with nothing left behind.
Outcome judge(const Report& report, const Ending& ending, const Limits& limits);

/// Runs one test in a sandbox, and judges it. See run_in_sandbox() for who may call.
Outcome run_test(const TestOrder& order, const Limits& limits);

/// For the way from the supervisor to the runner.
std::string encode(const Outcome& outcome);
Outcome decode(const std::string& text);

}  // namespace octet::grading
