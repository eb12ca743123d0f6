#pragma once

#include <cstdint>
#include <string>

namespace octet::grading {

/// What a test process ends with after the grader's own work in it is done; anything else was not
/// the grader's doing.
constexpr int finished_exit = 113;

struct TestOrder {
  std::string test;  // Suite.Name
  std::uint64_t seed = 1;
  int report_descriptor = -1;
};

/// The whole life of a test process: runs one graded test and leaves its verdict in the report.
[[noreturn]] void run_in_this_process(const TestOrder& order);

/// Names the descriptors that this process has lost since the test began: "standard output", or
/// empty. A solution may close only what it opened.
std::string lost_descriptors();

}  // namespace octet::grading
