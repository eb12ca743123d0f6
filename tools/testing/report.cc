#include "tools/testing/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <string>

namespace octet::selftest {
namespace {

constexpr std::size_t max_lines = 20;  // of one problem

void print_problem(const Check& check) {
  fmt::print("  FAILED  {}: ", check.what);
  std::size_t lines = 0;
  std::string_view rest = check.problem;
  while (!rest.empty() && lines++ < max_lines) {
    const auto end = std::min(rest.find('\n'), rest.size());
    fmt::print("{}{}\n", lines == 1 ? "" : "          ", rest.substr(0, end));
    rest.remove_prefix(std::min(end + 1, rest.size()));
  }
  if (!rest.empty()) fmt::print("          ...\n");
}

}  // namespace

void Report::add(std::string_view suite, double seconds, const Checks& checks) {
  std::size_t passed = 0;
  for (const Check& check : checks) {
    if (check.holds())
      ++passed;
    else
      print_problem(check);
  }
  fmt::print("{}: {} of {} hold ({:.1f} s)\n\n", suite, passed, checks.size(), seconds);
  std::fflush(stdout);
  passed_ += passed;
  failed_ += checks.size() - passed;
}

int Report::finish() const {
  fmt::print("{} passed, {} failed\n", passed_, failed_);
  return failed_ == 0 && passed_ > 0 ? 0 : 1;
}

}  // namespace octet::selftest
