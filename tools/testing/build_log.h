#pragma once

#include <map>
#include <string>
#include <string_view>

namespace octet::selftest {

/// Reads what ninja prints when it goes on after failures, and tells which variant's program
/// (Patch::program) failed, and why.
class BuildLog {
 public:
  void read(std::string_view line);

  /// By program: the first error of its build.
  const std::map<std::string, std::string>& failed() const { return failed_; }

  /// The first error that belongs to no variant; empty when there is none.
  const std::string& other_error() const { return other_error_; }

 private:
  std::string* failing_ = nullptr;  // where the error of the step goes that is being told
  std::map<std::string, std::string> failed_;
  std::string other_error_;
};

}  // namespace octet::selftest
