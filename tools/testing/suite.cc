#include "tools/testing/suite.h"

namespace octet::selftest {

std::span<const Suite> suites() {
  static constexpr Suite table[] = {
      {"format", "every file is as clang-format lays it out", true, check_format},
      {"docs", "links, paths and commands in the texts are real", true, check_docs},
      {"units", "the unit tests of all parts", true, check_units},
      {"grades", "the starter scores 0, the reference everything, on several seeds", true,
       check_grades},
      {"mutants", "graders notice every mistake and accept every correct design", true,
       check_mutants},
      {"fuzz", "decoders survive what a fuzzer makes up", true, check_fuzz},
      {"asan", "the reference is clean under the address sanitizer", true, check_asan},
      {"tsan", "the reference is clean under the thread sanitizer", true, check_tsan},
      {"lint", "clang-tidy has nothing to say; takes minutes", false, check_lint},
  };
  return table;
}

}  // namespace octet::selftest
