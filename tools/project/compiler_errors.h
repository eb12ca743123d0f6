#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace octet::lab {

/// One complaint of a compiler or linker.
struct CompilerError {
  std::string place;  // "stage1-sockets/starter/x.cc:12", empty when it names none
  std::string message;
};

/// Finds the errors among the lines that a build prints. Paths become relative to the tree's root.
class CompilerErrors {
 public:
  explicit CompilerErrors(std::string root) : root_(std::move(root)) {}

  void read(std::string_view line);

  const std::vector<CompilerError>& all() const { return errors_; }

  /// Where to begin: the first place inside `folder` ("stage1-sockets/starter/") that an error, or
  /// a note to one, names.
  std::optional<std::string> first_place(std::string_view folder) const;

 private:
  std::string relative(const std::string& path) const;

  std::string root_;
  std::vector<CompilerError> errors_;
  std::vector<std::string> places_;  // of errors and of their notes
};

}  // namespace octet::lab
