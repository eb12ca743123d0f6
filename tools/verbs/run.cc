#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "tools/project/build.h"
#include "tools/project/demos.h"
#include "tools/project/subprocess.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

struct Options {
  std::string stage;
  std::string demo;
  bool reference = false;
  std::vector<std::string> arguments;
};

int list(const StageFolder& stage, const std::vector<std::string>& names) {
  fmt::print("the demos of stage {}:\n", stage.number);
  for (const std::string& name : names) fmt::print("  ./lab run {} {}\n", stage.number, name);
  return 0;
}

int run_demo(const Project& project, const Options& options) {
  const StageFolder stage = project.stage(options.stage);
  const std::vector<std::string> names = demos_of(stage).programs;
  if (names.empty()) throw Failure(fmt::format("stage {} has no demos", stage.number));
  if (options.demo.empty()) return list(stage, names);
  if (std::ranges::find(names, options.demo) == names.end()) {
    throw UsageError(fmt::format("stage {} has no demo \"{}\"; it has {}", stage.number,
                                 options.demo, fmt::join(names, ", ")));
  }
  const Whose whose = options.reference ? Whose::reference : Whose::starter;
  Command command = {build_stage_program(
      project, stage, whose,
      fmt::format("demo_{}_{}_{}", stage.number, options.demo, name_of(whose)))};
  command.insert(command.end(), options.arguments.begin(), options.arguments.end());
  become(command);
}

}  // namespace

Action run_verb(CLI::App& app, const Project& project) {
  const auto options = std::make_shared<Options>();
  app.add_option("STAGE", options->stage, "The stage's number")->required()->type_name("");
  app.add_option("DEMO", options->demo, "Which one; without it they are listed")->type_name("");
  app.add_option("ARGUMENTS", options->arguments, "What the demo gets, after --")->type_name("");
  app.add_flag("--reference", options->reference, "The demo with the reference solution");
  return [options, project] { return run_demo(project, *options); };
}

}  // namespace octet::lab
