#include <fmt/format.h>

#include <algorithm>

#include "tools/project/subprocess.h"
#include "tools/project/terminal.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;

/// The files of the reference that a person means: all, "echo_server.cc", or "echo_server" for the
/// header and the source. Their names are those of the starter too.
std::vector<std::string> files_meant(const fs::path& reference, const std::string& asked) {
  std::vector<std::string> names;
  for (const fs::directory_entry& entry : fs::directory_iterator(reference)) {
    const fs::path name = entry.path().filename();
    if (asked.empty() || name == asked || name.stem() == asked) names.push_back(name);
  }
  std::ranges::sort(names);
  return names;
}

int compare(const Project& project, const std::string& asked_stage, const std::string& file) {
  const StageFolder stage = project.stage(asked_stage);
  const fs::path starter =
      project.solution(stage, Whose::starter).lexically_relative(project.root());
  const fs::path reference = project.solution(stage, Whose::reference);
  const auto names = files_meant(reference, fs::path(file).filename());
  if (names.empty()) {
    throw UsageError(fmt::format("stage {} has no file \"{}\" to edit; its files are in {}/",
                                 stage.number, file, starter.string()));
  }
  fs::current_path(project.root());
  int worst = 0;
  for (const std::string& name : names) {
    const fs::path theirs = reference.lexically_relative(project.root()) / name;
    const std::string colour = stdout_is_terminal() ? "--color=always" : "--color=never";
    worst = std::max(worst, run({"diff", "-uN", colour, starter / name, theirs}));
  }
  if (worst == 0) fmt::print("no difference\n");
  return worst > 1 ? 1 : 0;  // diff says 1 for "they differ", which is no failure here
}

}  // namespace

Action compare_verb(CLI::App& app, const Project& project) {
  const auto stage = std::make_shared<std::string>();
  const auto file = std::make_shared<std::string>();
  app.add_option("STAGE", *stage, "The stage's number")->required()->type_name("");
  app.add_option("FILE", *file, "Only this file, with or without its ending")->type_name("");
  return [stage, file, project] { return compare(project, *stage, *file); };
}

}  // namespace octet::lab
