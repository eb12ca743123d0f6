#include "tools/testing/suite.h"

namespace octet::selftest {

std::span<const Suite> suites() {
  static constexpr Suite table[] = {
      {.name = "format",
       .summary = "every file is as clang-format lays it out",
       .run = check_format},
      {.name = "docs",
       .summary = "links, paths and commands in the texts are real",
       .run = check_docs},
      {.name = "units", .summary = "the unit tests of all parts", .run = check_units},
      {.name = "grades",
       .summary = "the starter scores 0, the reference everything, on several seeds",
       .needs_reference = true,
       .run = check_grades},
      {.name = "repeats",
       .summary = "a seed has one run, whatever process it runs in",
       .needs_reference = true,
       .run = check_repeats},
      {.name = "mutants",
       .summary = "graders notice every mistake and accept every correct design",
       .needs_reference = true,
       .run = check_mutants},
      {.name = "fuzz",
       .summary = "decoders survive what a fuzzer makes up",
       .needs_reference = true,
       .run = check_fuzz},
      {.name = "asan",
       .summary = "the runtime and the reference are clean under the address sanitizer",
       .needs_reference = true,
       .run = check_asan},
      {.name = "tsan",
       .summary = "the runtime and the reference are clean under the thread sanitizer",
       .needs_reference = true,
       .run = check_tsan},
      {.name = "lint",
       .summary = "clang-tidy has nothing to say; takes minutes",
       .by_default = false,
       .run = check_lint},
      {.name = "view",
       .summary = "the space-time view works in a browser; needs chromium",
       .by_default = false,
       .run = check_view},
  };
  return table;
}

}  // namespace octet::selftest
