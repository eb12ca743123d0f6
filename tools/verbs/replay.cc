#include <fmt/format.h>
#include <unistd.h>

#include <fstream>
#include <iostream>
#include <optional>

#include "runtime/trace/json_lines.h"
#include "runtime/trace/text.h"
#include "tools/project/build.h"
#include "tools/project/grades.h"
#include "tools/project/subprocess.h"
#include "tools/replay/steps.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;

struct Options {
  std::string stage;
  std::string test;
  std::uint64_t seed = 1;
  bool reference = false;
  bool gdb = false;
  std::string preset = "dev";
  replay::Selection selection;
};

/// One test, graded once more with its runs written down.
class Run {
 public:
  Run(const Project& project, const Options& options)
      : options_(options), folder_(project.state() / "replay") {
    const StageFolder stage = project.stage(options.stage);
    const Whose whose = options.reference ? Whose::reference : Whose::starter;
    program_ = build_stage_program(project, stage, whose,
                                   fmt::format("grade_{}_{}", stage.number, name_of(whose)),
                                   options.preset);
    fs::create_directories(folder_);
    fs::remove(trace_file());
    if (options.test.find('*') != std::string::npos) {
      throw UsageError("replay one test, by its whole name; ./lab grade " + options.stage +
                       " --list has the names");
    }
  }

  fs::path trace_file() const { return folder_ / (options_.test + ".trace"); }

  /// Throws Failure when the test leaves no trace, with what the grader says of it.
  trace::Trace trace() const {
    const fs::path results = folder_ / "results.json";
    fs::remove(results);
    const Captured graded =
        capture({program_, "--solution", options_.reference ? "reference" : "starter", "--test",
                 options_.test, "--seed", std::to_string(options_.seed), "--traces", folder_,
                 "--keep-passing", "--json", results});
    if (graded.status > 1) throw UsageError(last_line(graded.output));
    std::ifstream in(trace_file(), std::ios::binary);
    if (in) return trace::read_json_lines(in);
    fmt::print("{}", graded.output);
    throw Failure(options_.test + " left no run of the simulator to tell");
  }

  /// Becomes a debugger in which the test runs, and stops where it was asked to.
  [[noreturn]] void debug() const {
    if (!is_installed("gdb")) throw Failure("gdb is not installed: sudo apt-get install gdb");
    Command command = {"gdb", "-q"};
    const auto say = [&](const char* words) { command.insert(command.end(), {"-ex", words}); };
    if (options_.selection.until) {
      say("break octet::sim::stop_here");
      say("run");
      say("eval \"tbreak %s::%s\", class_name, function");
      say("delete 1");
      say("continue");
    } else {
      say("run");
    }
    command.insert(command.end(),
                   {"--args", program_, "--run-one", options_.test, "--seed",
                    std::to_string(options_.seed), "--traces", folder_, "--keep-passing",
                    "--stop-at", std::to_string(options_.selection.until.value_or(0))});
    become(command);
  }

 private:
  static std::string last_line(std::string text) {
    while (text.ends_with('\n')) text.pop_back();
    return text.substr(text.rfind('\n') + 1);
  }

  const Options& options_;
  fs::path folder_;
  fs::path program_;
};

int replay_test(const Project& project, const Options& options) {
  const Run run(project, options);
  if (options.gdb && !options.selection.until) run.debug();
  const trace::Trace trace = run.trace();
  replay::check(trace, options.selection);
  if (options.gdb) run.debug();
  replay::write_steps(std::cout, trace, options.selection);
  fmt::print("\nas a picture: ./lab view {}\n", fs::proximate(run.trace_file()).string());
  return trace.violation.empty() ? 0 : 1;
}

}  // namespace

Action replay_verb(CLI::App& app, const Project& project) {
  const auto options = std::make_shared<Options>();
  app.add_option("STAGE", options->stage, "The stage's number")->required()->type_name("");
  app.add_option("TEST", options->test, "The test, as Suite.Name")->required()->type_name("");
  app.add_option("--seed", options->seed, "The seed that the failure named")
      ->type_name("S")
      ->capture_default_str();
  app.add_flag("--reference", options->reference, "Of the reference solution");
  app.add_option("--until", options->selection.until,
                 "Stop after this event, and show what every node knows then")
      ->type_name("N");
  app.add_option("--node", options->selection.node, "Only what happens at this node")
      ->type_name("ID");
  app.add_flag("--gdb", options->gdb,
               "Run it in gdb; with --until, stop in the handler of that event");
  app.add_option("--preset", options->preset, "How to build")
      ->check(CLI::IsMember({"dev", "asan", "tsan", "release"}))
      ->capture_default_str();
  return [options, project] { return replay_test(project, *options); };
}

}  // namespace octet::lab
