#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "runtime/descriptor.h"

namespace octet::grading {

/// A file that a run will write at its end. Whether it can be written shows before the run; what
/// was there before stays until the new text is complete.
class ResultsFile {
 public:
  /// Throws std::system_error, naming the file, when it cannot be written.
  explicit ResultsFile(const std::string& path);
  ~ResultsFile();  // removes what is incomplete
  ResultsFile(ResultsFile&&) = default;

  void write(std::string_view text);

 private:
  std::filesystem::path path_;
  std::filesystem::path partial_;  // empty: a pipe or device, written in place
  Descriptor file_;
};

}  // namespace octet::grading
