#pragma once

#include <string>
#include <vector>

namespace octet::selftest {

/// One thing that the project holds to.
struct Check {
  std::string what;     // "mutant 103_signed_length is noticed"
  std::string problem;  // what is wrong and what to do; empty when it holds

  bool holds() const { return problem.empty(); }
};

using Checks = std::vector<Check>;

}  // namespace octet::selftest
