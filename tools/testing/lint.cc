#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <map>
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

/// Other versions know other mistakes.
constexpr const char* program = "clang-tidy-19";

/// How each of our files is compiled.
using Commands = std::map<std::string, nlohmann::json>;

/// A student's files may be as they are, and patched files are the reference's.
bool is_ours(const std::string& file, const std::string& command, const fs::path& build) {
  return !file.starts_with(build.string()) && command.find("/starter") == std::string::npos &&
         command.find("/patched/") == std::string::npos;
}

Commands read_commands(const fs::path& build) {
  Commands commands;
  for (const auto& entry : nlohmann::json::parse(read_file(build / "compile_commands.json"))) {
    const std::string file = entry.at("file");
    if (is_ours(file, entry.at("command"), build)) commands.emplace(file, entry);
  }
  return commands;
}

/// clang-tidy would look at a file once for every command that compiles it, and those of a stage's
/// seam are compiled for many variants. Returns a folder where each file has one.
fs::path write_commands(const Commands& commands, const fs::path& build) {
  const fs::path folder = build / "lint";
  fs::create_directories(folder);
  nlohmann::json entries = nlohmann::json::array();
  for (const auto& [file, entry] : commands) entries.push_back(entry);
  std::ofstream(folder / "compile_commands.json") << entries;
  return folder;
}

/// What clang-tidy finds in a file and in our headers that it includes.
std::string find_mistakes(const fs::path& root, const fs::path& commands, const std::string& file) {
  // Without this it tells of headers only when it was started in the tree.
  const std::string configuration = "--config-file=" + (root / ".clang-tidy").string();
  const lab::Captured tidy =
      lab::capture({program, "--quiet", configuration, "-p", commands, file});
  return tidy.status == 0 ? "" : tidy.output;
}

}  // namespace

Checks check_lint(const Request& request) {
  if (!lab::is_installed(program)) throw lab::Failure(fmt::format("install {}", program));
  lab::build(request.project,
             {.preset = "lint", .target = "lab", .folder = "tools/", .whose = "the lab program"});
  const fs::path& root = request.project.root();
  const fs::path build = lab::build_folder(request.project, "lint");
  const Commands commands = read_commands(build);
  const fs::path folder = write_commands(commands, build);

  std::vector<std::string> files;
  for (const auto& [file, entry] : commands) files.push_back(file);
  Checks checks(files.size());
  lab::Progress progress("clang-tidy");
  std::mutex reporting;
  int done = 0;
  lab::on_all_cores(files.size(), [&](std::size_t i) {
    const std::string name = fs::relative(files[i], root);
    checks[i] = {name + " is tidy", find_mistakes(root, folder, files[i])};
    const std::lock_guard lock(reporting);
    if (!checks[i].holds()) {
      progress.wipe();
      fmt::print("  {} is not tidy\n", name);
      std::fflush(stdout);
    }
    progress.at(++done, static_cast<int>(files.size()));
  });
  return checks;
}

}  // namespace octet::selftest
