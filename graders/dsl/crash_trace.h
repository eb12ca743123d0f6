#pragma once

#include <string>
#include <vector>

#include "graders/dsl/report.h"

namespace octet::grading {

/// Notes in the report where this process, or one forked from it, is when a deadly signal comes,
/// and where an uncaught exception came from. Then the signal does what it does by default.
/// Where a sanitizer reports crashes itself, it is left to do so.
void install_crash_handlers();

/// The crash as "function at file:line", innermost first: only what is in the project's tree,
/// without the grader's own machinery. Empty when the program has no debug information or
/// addr2line is not installed.
std::vector<std::string> symbolise(const Report::Crash& crash, std::uintptr_t load_address);

/// "SIGSEGV (segmentation fault)".
std::string signal_name(int signal);

}  // namespace octet::grading
