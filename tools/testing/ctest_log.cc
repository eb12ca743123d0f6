#include "tools/testing/ctest_log.h"

#include <regex>

namespace octet::selftest {

void CtestLog::read(std::string_view line) {
  static const std::regex result(
      R"(^ *[0-9]+/[0-9]+ Test +#[0-9]+: (\S+) \.*(.*[^ ]) +[0-9.]+ sec.*$)");
  static const std::regex end(R"(^([0-9]+% tests passed| +Start +[0-9]+:).*$)");
  std::cmatch found;
  if (std::regex_match(line.begin(), line.end(), found, result)) {
    const std::string outcome = found[2];
    failing_ = false;
    if (outcome.ends_with("Skipped")) return skipped_.push_back(found[1]);
    failing_ = !outcome.ends_with("Passed");
    checks_.push_back({found[1], failing_ ? "fails" : ""});
  } else if (std::regex_match(line.begin(), line.end(), end)) {
    failing_ = false;
  } else if (failing_ && !line.empty()) {
    checks_.back().problem.append("\n").append(line);
  }
}

}  // namespace octet::selftest
