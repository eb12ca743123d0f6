#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>

#include "tools/testing/report.h"
#include "tools/testing/suite.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

struct Options {
  std::vector<std::string> words;  // suites, and at most one stage
  int seeds = 0;
  std::string only;
  std::string json;
  bool every_test = false;
  bool list = false;
};

bool is_number(const std::string& word) {
  return !word.empty() &&
         std::ranges::all_of(word, [](unsigned char c) { return std::isdigit(c); });
}

const selftest::Suite& find_suite(const std::string& name) {
  const auto suites = selftest::suites();
  const auto found = std::ranges::find(suites, name, &selftest::Suite::name);
  if (found != suites.end()) return *found;
  throw UsageError(fmt::format("there is no suite \"{}\"; ./lab test --list shows them", name));
}

int list_suites() {
  for (const selftest::Suite& suite : selftest::suites()) {
    fmt::print("{:<11} {}{}\n", suite.name, suite.summary,
               suite.by_default ? "" : "; not by default");
  }
  return 0;
}

/// A suite that cannot be run is one failed check.
selftest::Checks run_suite(const selftest::Suite& suite, const selftest::Request& request) {
  try {
    return suite.run(request);
  } catch (const Failure& failure) {
    return {{fmt::format("{} can be run", suite.name), failure.what()}};
  }
}

int test(const Project& project, const Options& options) {
  if (options.list) return list_suites();
  selftest::Request request{.project = project,
                            .stages = project.stages(),
                            .verbs = {},
                            .seeds = options.seeds,
                            .only = options.only,
                            .json = options.json,
                            .every_test = options.every_test};
  for (const Verb& verb : verbs()) request.verbs.emplace_back(verb.name);
  std::vector<selftest::Suite> chosen;
  for (const std::string& word : options.words) {
    if (is_number(word))
      request.stages = {project.stage(word)};
    else
      chosen.push_back(find_suite(word));
  }
  if (chosen.empty()) {
    request.quick = true;
    std::ranges::copy_if(selftest::suites(), std::back_inserter(chosen),
                         &selftest::Suite::by_default);
  }

  std::erase_if(request.stages, [](const StageFolder& stage) {
    return !std::filesystem::is_directory(stage.folder / name_of(Whose::reference));
  });

  selftest::Report report;
  for (const selftest::Suite& suite : chosen) {
    if (suite.needs_reference && request.stages.empty()) {
      fmt::print("{}: left out, this tree has no reference\n\n", suite.name);
      continue;
    }
    fmt::print("{}: {}\n", suite.name, suite.summary);
    std::fflush(stdout);
    const auto begin = std::chrono::steady_clock::now();
    const selftest::Checks checks = run_suite(suite, request);
    const std::chrono::duration<double> taken = std::chrono::steady_clock::now() - begin;
    report.add(suite.name, taken.count(), checks);
  }
  return report.finish();
}

}  // namespace

Action test_verb(CLI::App& app, const Project& project) {
  const auto options = std::make_shared<Options>();
  app.add_option("SUITE", options->words, "Suites, and a stage's number to test that stage alone");
  app.add_flag("--list", options->list, "List the suites");
  app.add_option("--seeds", options->seeds, "How many seeds to grade with");
  app.add_option("--only", options->only, "Only mutants and alternatives with this in their names");
  app.add_flag("--every-test", options->every_test,
               "Grade mutants and alternatives with all tests, not just those that matter");
  app.add_option("--json", options->json, "Write the results of the mutants to this file");
  return [options, project] { return test(project, *options); };
}

}  // namespace octet::lab
