#pragma once

#include <cstddef>
#include <string_view>

#include "tools/testing/check.h"

namespace octet::selftest {

/// Counts checks over all suites and prints what does not hold.
class Report {
 public:
  void add(std::string_view suite, double seconds, const Checks& checks);

  /// Prints the last line: "12 passed, 0 failed". Returns the exit status.
  int finish() const;

 private:
  std::size_t passed_ = 0;
  std::size_t failed_ = 0;
};

}  // namespace octet::selftest
