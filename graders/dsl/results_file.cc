#include "graders/dsl/results_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

namespace octet::grading {
namespace {

[[noreturn]] void cannot_write(const std::filesystem::path& path, int error) {
  throw std::system_error(error, std::generic_category(), "cannot write " + path.string());
}

}  // namespace

ResultsFile::ResultsFile(const std::string& path) : path_(path) {
  std::error_code ignored;
  if (std::filesystem::is_symlink(path_, ignored)) {
    path_ = std::filesystem::weakly_canonical(path_, ignored);
  }
  const std::filesystem::file_status status = std::filesystem::status(path_, ignored);
  if (std::filesystem::is_directory(status)) cannot_write(path_, EISDIR);
  if (std::filesystem::exists(status) && access(path_.c_str(), W_OK) != 0) {
    cannot_write(path_, errno);
  }
  const bool in_place =
      std::filesystem::exists(status) && !std::filesystem::is_regular_file(status);
  if (!in_place) partial_ = path_.string() + ".partial-" + std::to_string(getpid());
  const int flags = O_WRONLY | O_CREAT | O_CLOEXEC | (in_place ? 0 : O_EXCL);
  file_ = Descriptor(open(in_place ? path_.c_str() : partial_.c_str(), flags, 0666));
  if (!file_.is_open()) {
    const int error = errno;
    partial_.clear();
    cannot_write(path_, error);
  }
}

ResultsFile::~ResultsFile() {
  if (!partial_.empty()) unlink(partial_.c_str());
}

void ResultsFile::write(std::string_view text) {
  while (!text.empty()) {
    const ssize_t count = ::write(file_.number(), text.data(), text.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) cannot_write(path_, errno);
    text.remove_prefix(static_cast<std::size_t>(count));
  }
  if (partial_.empty()) return;
  if (rename(partial_.c_str(), path_.c_str()) != 0) cannot_write(path_, errno);
  partial_.clear();
}

}  // namespace octet::grading
