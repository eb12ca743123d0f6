#pragma once

#include <cstdint>
#include <filesystem>

#include "tools/testing/verdict.h"

namespace octet::selftest {

struct GraderOptions {
  int seeds = 1;       // from 1 to this
  int jobs = 1;        // tests at a time
  bool draft = false;  // the points of the stage may not add up yet
};

/// Runs a grader and adds what it found, or why it found nothing, to `graded`.
void run_grader(const std::filesystem::path& program, GraderOptions options, Graded& graded);

}  // namespace octet::selftest
