#pragma once

#include <cstdint>
#include <filesystem>

#include "tools/testing/verdict.h"

namespace octet::selftest {

/// Runs a grader on seeds 1 to `seeds`, with `jobs` tests at a time, and adds what it found, or why
/// it found nothing, to `graded`.
void run_grader(const std::filesystem::path& program, int seeds, int jobs, Graded& graded);

}  // namespace octet::selftest
