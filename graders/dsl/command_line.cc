#include "graders/dsl/command_line.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <thread>

namespace octet::grading {
namespace {

constexpr auto hidden = "";

void add_options(CLI::App& app, Request& request) {
  app.add_flag("--list", request.list, "Print every graded test with its part, points and claim");
  app.add_option("--part", request.parts, "Only this part; may be repeated")->type_name("ID");
  app.add_option("--test", request.tests, "Only this test; * stands for anything; may be repeated")
      ->type_name("Suite.Name");
  app.add_option("--seed", request.seed, "Seed of the run")->type_name("S")->capture_default_str();
  app.add_option("--seeds", request.seeds, "Run every test with N seeds, beginning with --seed")
      ->type_name("N")
      ->check(CLI::Range(1, 1'000'000));
  app.add_option("--soak", request.soak_minutes,
                 "Go on with the next seeds until this time is over")
      ->type_name("MINUTES")
      ->check(CLI::Range(0.0, 100'000.0));
  app.add_option("--jobs", request.jobs, "Tests that run at the same time; default: one per core")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  app.add_option("--json", request.json, "Write the results as JSON")->type_name("FILE");
  app.add_option("--junit", request.junit, "Write the results as JUnit XML")->type_name("FILE");
  app.add_option("--gradescope", request.gradescope, "Write the results for Gradescope")
      ->type_name("FILE");
  app.add_option("--solution", request.solution, "Whose code this is, for the texts")
      ->type_name("NAME")
      ->capture_default_str();
  app.add_flag("--draft", request.draft, "Grade a stage whose points do not add up to 100 yet");
}

/// What the grader says to itself, and what its own tests need to be quick.
void add_hidden_options(CLI::App& app, Request& request) {
  app.add_option("--run-one", request.run_one.test)->group(hidden);
  app.add_option("--report-descriptor", request.run_one.report_descriptor)->group(hidden);
  app.add_option("--traces", request.traces)->group(hidden);
  app.add_flag("--keep-passing", request.keep_passing)->group(hidden);
  app.add_option("--replay", request.run_one.replay)->group(hidden);
  app.add_option("--stop-at", request.run_one.stop_at)->group(hidden);
  app.add_option_function<int>(
         "--cpu-limit",
         [&request](const int& seconds) { request.limits.cpu = std::chrono::seconds(seconds); })
      ->group(hidden);
  app.add_option_function<int>("--wall-limit",
                               [&request](const int& milliseconds) {
                                 request.limits.wall = std::chrono::milliseconds(milliseconds);
                               })
      ->group(hidden);
  app.add_option_function<std::size_t>(
         "--memory-limit",
         [&request](const std::size_t& megabytes) { request.limits.memory = megabytes << 20; })
      ->group(hidden);
}

}  // namespace

CommandLine read_command_line(const Stage& stage, int argc, char** argv) {
  Request request;
  request.jobs = std::max(1u, std::thread::hardware_concurrency());
  CLI::App app(fmt::format("Grades stage {}: {}.", stage.number, stage.name),
               fmt::format("lab grade {}", stage.number));
  app.footer(fmt::format("Example: ./lab grade {} --part {} --seeds 20 --json results.json",
                         stage.number, stage.parts.empty() ? "1a" : stage.parts.front().id));
  add_options(app, request);
  add_hidden_options(app, request);
  try {
    app.parse(argc, argv);
  } catch (const CLI::CallForHelp&) {
    fmt::print("{}", app.help());
    return {{}, 0};
  } catch (const CLI::ParseError& error) {
    fmt::print(stderr, "grade: {} (see ./lab grade {} --help)\n", error.what(), stage.number);
    return {{}, 2};
  }
  request.run_one.seed = request.seed;
  request.run_one.traces = request.traces;
  request.run_one.keep_passing = request.keep_passing;
  request.stage = stage.number;
  return {std::move(request), 0};
}

}  // namespace octet::grading
