#pragma once

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "graders/dsl/sanitizers.h"
#include "graders/dsl/text.h"

namespace octet::grading {

/// What one test may use. Only the first two are ever near to what a correct solution needs. A
/// sanitizer makes code ten times slower.
struct Limits {
  std::chrono::seconds cpu{sanitized ? 100 : 10};  // of one process
  std::size_t memory = std::size_t{4} << 30;       // bytes of address space of one process
  std::size_t output = std::size_t{64} << 20;      // bytes on stdout and stderr
  std::size_t file = std::size_t{1} << 30;         // bytes of one file
  std::chrono::milliseconds wall{sanitized ? 600'000
                                           : 60'000};  // a backstop: no test decides by it
};

/// How a program in the sandbox ended.
struct Ending {
  int status = 0;  // as waitpid tells it
  bool hit_wall_limit = false;
  bool hit_output_limit = false;
  double cpu_seconds = 0;
  double wall_seconds = 0;
  std::size_t left_behind = 0;  // processes that outlived it, killed since
  CappedText standard_output;
  CappedText standard_error;
};

/// Runs this very program with other arguments under limits, and returns when it and everything it
/// started is dead. Its temporary files (TMPDIR) go into a folder that ends with it. The descriptor
/// `keep` stays open in it. The calling process must have been forked for this: it becomes a
/// subreaper, blocks signals, and on SIGTERM kills everything it has started and exits.
Ending run_in_sandbox(const std::vector<std::string>& arguments, int keep, const Limits& limits);

}  // namespace octet::grading
