#pragma once

#include <string>
#include <string_view>

#include "tools/testing/check.h"

namespace octet::selftest {

/// Reads what `ctest --output-on-failure` prints: one check for each test.
class CtestLog {
 public:
  void read(std::string_view line);

  const Checks& checks() const { return checks_; }

 private:
  Checks checks_;
  bool failing_ = false;  // the lines that follow are what the last test printed
};

}  // namespace octet::selftest
