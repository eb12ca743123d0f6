#pragma once

#include <string>
#include <vector>

#include "tools/testing/verdict.h"

namespace octet::selftest {

/// The mutants with the tests that noticed them, the alternatives with their scores, and the graded
/// tests with the number of mutants that each fails.
std::string table(const std::vector<Graded>& all);

}  // namespace octet::selftest
