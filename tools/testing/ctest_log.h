#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "tools/testing/check.h"

namespace octet::selftest {

/// Reads what `ctest --output-on-failure` prints: one check for each test that ran.
class CtestLog {
 public:
  void read(std::string_view line);

  const Checks& checks() const { return checks_; }

  /// The tests that cannot run on this machine.
  const std::vector<std::string>& skipped() const { return skipped_; }

 private:
  Checks checks_;
  std::vector<std::string> skipped_;
  bool failing_ = false;  // the lines that follow are what the last test printed
};

}  // namespace octet::selftest
