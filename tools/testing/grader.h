#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "tools/testing/verdict.h"

namespace octet::selftest {

struct GraderOptions {
  int seeds = 1;                        // from 1 to this
  int jobs = 1;                         // tests at a time
  bool draft = false;                   // the points of the stage may not add up yet
  std::vector<std::string> tests = {};  // all when there are none
};

/// Runs a grader and adds what it found, or why it found nothing, to `graded`.
void run_grader(const std::filesystem::path& program, const GraderOptions& options, Graded& graded);

}  // namespace octet::selftest
