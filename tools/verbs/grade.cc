#include <fmt/format.h>
#include <unistd.h>

#include <fstream>

#include "tools/project/build.h"
#include "tools/project/grades.h"
#include "tools/project/subprocess.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string stage;
  bool reference = false;
  bool list = false;
  std::string preset = "dev";
  std::string json;
  std::vector<std::string> part;
  std::vector<std::string> test;
  std::string seed;
  std::string seeds;
  std::string soak;
  std::string jobs;
  std::string junit;
  std::string gradescope;

  bool is_partial() const { return !part.empty() || !test.empty(); }
};

/// Learns before the work, not after it, that there is no place for its results.
void check_writable(const std::string& file) {
  if (file.empty()) return;
  const bool existed = fs::exists(file);
  if (!std::ofstream(file, std::ios::app)) {
    throw Failure(fmt::format("cannot write {}: choose another place for the results", file));
  }
  if (!existed) fs::remove(file);
}

void add_selection(Command& command, const Options& options) {
  for (const std::string& part : options.part) command.insert(command.end(), {"--part", part});
  for (const std::string& test : options.test) command.insert(command.end(), {"--test", test});
}

Command listing_command(const fs::path& program, const Options& options) {
  Command command = {program, "--list"};
  add_selection(command, options);
  return command;
}

Command grader_command(const fs::path& program, const Options& options, const fs::path& results,
                       const fs::path& traces) {
  Command command = {program, "--solution", options.reference ? "reference" : "starter"};
  const auto pass = [&](const char* option, const std::string& value) {
    if (!value.empty()) command.insert(command.end(), {option, value});
  };
  add_selection(command, options);
  pass("--seed", options.seed);
  pass("--seeds", options.seeds);
  pass("--soak", options.soak);
  pass("--jobs", options.jobs);
  pass("--junit", options.junit);
  pass("--gradescope", options.gradescope);
  pass("--json", results);
  pass("--traces", traces);
  return command;
}

void remember(const Project& project, int stage, const Options& options, const Grade& grade) {
  const Gradebook gradebook(project);
  const auto last = options.is_partial() ? gradebook.last(stage) : std::nullopt;
  gradebook.save(stage, last ? merged(*last, grade) : grade);
}

int grade(const Project& project, const Options& options) {
  const StageFolder stage = project.stage(options.stage);
  for (const auto* file : {&options.json, &options.junit, &options.gradescope}) {
    check_writable(*file);
  }
  const Whose whose = options.reference ? Whose::reference : Whose::starter;
  const fs::path program =
      build_stage_program(project, stage, whose,
                          fmt::format("grade_{}_{}", stage.number, name_of(whose)), options.preset);
  if (options.list) become(listing_command(program, options));

  const fs::path results = project.state() / fmt::format("results-{}.json", getpid());
  const fs::path traces = project.state() / "traces" / std::to_string(stage.number);
  fs::create_directories(traces);
  const int status = run(grader_command(program, options, results, fs::proximate(traces)));
  const auto grade = read_grade(results);
  if (grade && !options.json.empty()) {
    fs::copy_file(results, options.json, fs::copy_options::overwrite_existing);
  }
  fs::remove(results);
  if (grade && whose == Whose::starter) remember(project, stage.number, options, *grade);
  return status;
}

}  // namespace

Action grade_verb(CLI::App& app, const Project& project) {
  const auto options = std::make_shared<Options>();
  app.add_option("STAGE", options->stage, "The stage's number")->required()->type_name("");
  app.add_option("--part", options->part, "Only this part (1a); may be repeated")
      ->allow_extra_args(false);
  app.add_option("--test", options->test,
                 "Only this test (Suite.Name, * stands for anything); may be repeated")
      ->allow_extra_args(false);
  app.add_option("--seed", options->seed, "The seed of the first run");
  app.add_option("--seeds", options->seeds, "Run every test with that many seeds");
  app.add_option("--soak", options->soak, "Go on with the next seeds for so many minutes");
  app.add_flag("--reference", options->reference, "Grade the reference solution");
  app.add_flag("--list", options->list, "List the graded tests with part, points and claim");
  app.add_option("--json", options->json, "Write the results to this file as JSON");
  app.add_option("--junit", options->junit, "... as JUnit XML");
  app.add_option("--gradescope", options->gradescope, "... as Gradescope's results.json");
  app.add_option("--jobs", options->jobs, "Tests at the same time (default: one per core)");
  app.add_option("--preset", options->preset, "How to build")
      ->check(CLI::IsMember({"dev", "asan", "tsan", "release"}))
      ->capture_default_str();
  return [options, project] { return grade(project, *options); };
}

}  // namespace octet::lab
