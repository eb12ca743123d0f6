#include <fmt/format.h>

#include <algorithm>
#include <mutex>
#include <nlohmann/json.hpp>

#include "tools/project/build.h"
#include "tools/project/errors.h"
#include "tools/project/parallel.h"
#include "tools/project/subprocess.h"
#include "tools/project/terminal.h"
#include "tools/testing/suite.h"
#include "tools/testing/tree_files.h"

namespace octet::selftest {
namespace {

namespace fs = std::filesystem;

/// A student's files may be as they are, and patched files are the reference's.
bool is_ours(const std::string& file, const fs::path& build) {
  return file.find("/starter/") == std::string::npos && !file.starts_with(build.string());
}

std::vector<std::string> compiled_files(const fs::path& build) {
  std::vector<std::string> files;
  for (const auto& entry : nlohmann::json::parse(read_file(build / "compile_commands.json"))) {
    const std::string file = entry.at("file");
    if (is_ours(file, build)) files.push_back(file);
  }
  std::ranges::sort(files);
  const auto repeated = std::ranges::unique(files);
  files.erase(repeated.begin(), repeated.end());
  return files;
}

/// Older ones do not understand coroutines.
std::string find_clang_tidy() {
  for (const char* const name :
       {"clang-tidy-16", "clang-tidy-17", "clang-tidy-18", "clang-tidy-19"}) {
    if (lab::is_installed(name)) return name;
  }
  throw lab::Failure("install clang-tidy-16 or newer");
}

}  // namespace

Checks check_lint(const Request& request) {
  const std::string program = find_clang_tidy();
  lab::build(request.project, {.target = "lab", .folder = "tools/", .whose = "the lab program"});
  const fs::path build = lab::build_folder(request.project, "dev");
  const std::vector<std::string> files = compiled_files(build);

  Checks checks(files.size());
  lab::Progress progress("clang-tidy");
  std::mutex reporting;
  int done = 0;
  lab::on_all_cores(files.size(), [&](std::size_t i) {
    const lab::Captured tidy = lab::capture({program, "--quiet", "-p", build, files[i]});
    checks[i] = {fs::relative(files[i], request.project.root()).string() + " is tidy",
                 tidy.status == 0 ? "" : tidy.output};
    const std::lock_guard lock(reporting);
    progress.at(++done, static_cast<int>(files.size()));
  });
  return checks;
}

}  // namespace octet::selftest
