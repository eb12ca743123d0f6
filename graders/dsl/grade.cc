#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <optional>
#include <stdexcept>

#include "graders/dsl/command_line.h"
#include "graders/dsl/registry.h"
#include "graders/dsl/results_file.h"
#include "graders/dsl/runner.h"
#include "graders/dsl/scorecard.h"
#include "graders/dsl/soak.h"
#include "graders/dsl/stage.h"

namespace octet::grading {
namespace {

enum ExitStatus { full_marks = 0, fewer_marks = 1, unusable = 2, interrupted = 130 };

/// The results files that were asked for, open before the first test runs.
struct ResultsFiles {
  std::optional<ResultsFile> json;
  std::optional<ResultsFile> junit;
  std::optional<ResultsFile> gradescope;

  explicit ResultsFiles(const Request& request) {
    if (!request.json.empty()) json.emplace(request.json);
    if (!request.junit.empty()) junit.emplace(request.junit);
    if (!request.gradescope.empty()) gradescope.emplace(request.gradescope);
  }

  void write(const Results& results) {
    if (json) json->write(to_json(results));
    if (junit) junit->write(to_junit(results));
    if (gradescope) gradescope->write(to_gradescope(results));
  }
};

bool wanted(const PlacedTest& placed, const Request& request) {
  const bool part = request.parts.empty() ||
                    std::count(request.parts.begin(), request.parts.end(), placed.part->id) > 0;
  const bool test = request.tests.empty() || std::any_of(request.tests.begin(), request.tests.end(),
                                                         [&](const auto& pattern) {
                                                           return matches(placed.name(), pattern);
                                                         });
  return part && test;
}

/// Throws std::invalid_argument when a part, a pattern or the whole selection fits nothing.
std::vector<PlacedTest> select(const Stage& stage, const std::vector<PlacedTest>& tests,
                               const Request& request) {
  for (const std::string& id : request.parts) {
    const bool known = std::any_of(stage.parts.begin(), stage.parts.end(),
                                   [&](const Part& part) { return part.id == id; });
    if (!known) throw std::invalid_argument(fmt::format("there is no part {}", id));
  }
  for (const std::string& pattern : request.tests) {
    const bool known = std::any_of(tests.begin(), tests.end(), [&](const PlacedTest& placed) {
      return matches(placed.name(), pattern);
    });
    if (!known) throw std::invalid_argument(fmt::format("there is no test {}", pattern));
  }
  std::vector<PlacedTest> selected;
  for (const PlacedTest& placed : tests) {
    if (wanted(placed, request)) selected.push_back(placed);
  }
  if (selected.empty()) throw std::invalid_argument("no test is in what was selected");
  return selected;
}

int run(const Stage& stage, const std::vector<PlacedTest>& tests, const Request& request) {
  ResultsFiles files(request);
  const auto run_them = request.soak_minutes > 0 ? soak_tests : run_tests;
  std::optional<std::vector<TestResult>> finished = run_them(tests, request);
  if (!finished) {
    fmt::print(stderr, "interrupted: no results were written\n");
    return interrupted;
  }
  const Results results{&stage, request.solution, std::move(*finished)};
  const bool colour = isatty(STDOUT_FILENO) != 0 && !std::getenv("NO_COLOR");
  fmt::print("{}", scorecard(results, {.colour = colour}));
  std::fflush(stdout);
  files.write(results);
  return results.has_full_marks() ? full_marks : fewer_marks;
}

int refuse(const Stage& stage, const char* why, const char* where_to_look) {
  fmt::print(stderr, "grade: {} (see ./lab grade {} {})\n", why, stage.number, where_to_look);
  return unusable;
}

}  // namespace

int grade(const Stage& stage, int argc, char** argv) {
  const CommandLine line = read_command_line(stage, argc, argv);
  if (!line.request) return line.exit_status;
  const Request& request = *line.request;
  if (!request.run_one.test.empty()) run_in_this_process(request.run_one);

  if (const std::string flaw = flaw_of(stage, graded_tests()); !flaw.empty() && !request.draft) {
    fmt::print(stderr, "grade: stage {} is not sound: {}\n", stage.number, flaw);
    return unusable;
  }
  try {
    const std::vector<PlacedTest> tests =
        select(stage, place_tests(stage, graded_tests()), request);
    if (request.list) {
      fmt::print("{}", listing(tests));
      return full_marks;
    }
    return run(stage, tests, request);
  } catch (const std::invalid_argument& unknown) {
    return refuse(stage, unknown.what(), "--list");
  } catch (const std::exception& problem) {
    return refuse(stage, problem.what(), "--help");
  }
}

}  // namespace octet::grading
