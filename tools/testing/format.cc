#include <fmt/format.h>

#include "tools/project/errors.h"
#include "tools/project/subprocess.h"
#include "tools/testing/suite.h"
#include "tools/testing/tree_files.h"

namespace octet::selftest {
namespace {

namespace fs = std::filesystem;

/// Other versions lay some lines out differently.
constexpr std::string_view version = "version 14.";

std::string find_clang_format() {
  if (lab::is_installed("clang-format-14")) return "clang-format-14";
  if (!lab::is_installed("clang-format")) throw lab::Failure("install clang-format");
  return "clang-format";
}

}  // namespace

Checks check_format(const Request& request) {
  const std::string program = find_clang_format();
  const std::string has = lab::capture({program, "--version"}).output;
  if (has.find(version) == std::string::npos) {
    fmt::print("  skipped: clang-format {} decides, here is {}", version, has);
    return {};
  }
  const fs::path& root = request.project.root();
  const std::vector<fs::path> files = tree_files(root, {".cc", ".h"});
  lab::Command command = {program, "--dry-run", "-Werror"};
  command.insert(command.end(), files.begin(), files.end());
  const std::string complaints = lab::capture(command).output;

  Checks checks;
  for (const fs::path& file : files) {
    const std::string name = fs::relative(file, root);
    const bool complains = complaints.find(file.string() + ":") != std::string::npos;
    checks.push_back(
        {name + " is formatted", complains ? fmt::format("run {} -i {}", program, name) : ""});
  }
  return checks;
}

}  // namespace octet::selftest
