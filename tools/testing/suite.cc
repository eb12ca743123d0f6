#include "tools/testing/suite.h"

namespace octet::selftest {

std::span<const Suite> suites() {
  static constexpr Suite table[] = {
      {"format", "every file is as clang-format lays it out", true, false, check_format},
      {"docs", "links, paths and commands in the texts are real", true, false, check_docs},
      {"units", "the unit tests of all parts", true, false, check_units},
      {"grades", "the starter scores 0, the reference everything, on several seeds", true, true,
       check_grades},
      {"mutants", "graders notice every mistake and accept every correct design", true, true,
       check_mutants},
      {"fuzz", "decoders survive what a fuzzer makes up", true, true, check_fuzz},
      {"asan", "the reference is clean under the address sanitizer", true, true, check_asan},
      {"tsan", "the reference is clean under the thread sanitizer", true, true, check_tsan},
      {"lint", "clang-tidy has nothing to say; takes minutes", false, false, check_lint},
  };
  return table;
}

}  // namespace octet::selftest
