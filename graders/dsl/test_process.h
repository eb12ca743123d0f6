#pragma once

#include <cstdint>
#include <string>

namespace octet::grading {

/// What a test process ends with after the grader's own work in it is done; anything else was not
/// the grader's doing.
constexpr int finished_exit = 113;

struct TestOrder {
  std::string test = {};  // Suite.Name
  std::uint64_t seed = 1;
  int report_descriptor = -1;  // none: nobody will judge, as under a debugger
  std::string traces = {};     // a folder for the traces of simulated runs; empty: none are wanted
  std::string replay = {};     // the command that tells such a run step by step
  bool keep_passing = false;   // write down a run that passes, too
  std::uint64_t stop_at = 0;   // number of the event to stop at, for a debugger; 0: none
};

/// What this process was started for; in others than test processes, nothing.
const TestOrder& current_order();

/// The whole life of a test process: runs one graded test and leaves its verdict in the report.
[[noreturn]] void run_in_this_process(const TestOrder& order);

/// Names the descriptors that this process has lost since the test began: "standard output", or
/// empty. A solution may close only what it opened.
std::string lost_descriptors();

}  // namespace octet::grading
