#include "tools/testing/build_log.h"

#include <fmt/format.h>

#include <regex>

namespace octet::selftest {

void BuildLog::read(std::string_view line) {
  static const std::regex program("grade_[0-9]+_(mutant|alternative)_[A-Za-z0-9_]+");
  if (line.starts_with("[")) failing_ = nullptr;
  if (line.starts_with("FAILED: ")) {
    std::cmatch found;
    const bool of_variant = std::regex_search(line.begin(), line.end(), found, program);
    failing_ = of_variant ? &failed_[found.str()] : &other_error_;
    return;
  }
  if (line.starts_with("ninja: error:")) failing_ = &other_error_;
  if (failing_ == nullptr || !failing_->empty()) return;
  if (line.find("error:") != std::string_view::npos) *failing_ = line;
}

}  // namespace octet::selftest
