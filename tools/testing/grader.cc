#include "tools/testing/grader.h"

#include <fmt/format.h>

#include <chrono>
#include <optional>

#include "tools/project/grades.h"
#include "tools/project/subprocess.h"

namespace octet::selftest {
namespace {

namespace fs = std::filesystem;

std::vector<TestScore> scores(const lab::Grade& grade) {
  std::vector<TestScore> tests;
  for (const auto& test : grade.at("tests")) {
    tests.push_back({test.at("name"), test.at("part"), test.at("score"), test.at("max_score"),
                     test.at("output"), test.value("challenge", false)});
  }
  return tests;
}

std::string last_line(std::string text) {
  while (text.ends_with('\n')) text.pop_back();
  return text.substr(text.rfind('\n') + 1);
}

}  // namespace

void run_grader(const fs::path& program, const GraderOptions& options, Graded& graded) {
  const auto begin = std::chrono::steady_clock::now();
  const fs::path results = program.string() + ".json";
  for (std::uint64_t seed = 1; seed <= static_cast<std::uint64_t>(options.seeds); ++seed) {
    fs::remove(results);
    lab::Command command = {
        program,  "--seed", std::to_string(seed), "--jobs", std::to_string(options.jobs),
        "--json", results};
    if (options.draft) command.push_back("--draft");
    for (const std::string& test : options.tests) command.insert(command.end(), {"--test", test});
    const lab::Captured ran = lab::capture(command);
    const std::optional<lab::Grade> grade = lab::read_grade(results);
    if (!grade) {
      graded.broken = fmt::format("its grader ended with status {} and without results: {}",
                                  ran.status, last_line(ran.output));
      break;
    }
    graded.runs.push_back({seed, scores(*grade)});
  }
  fs::remove(results);
  graded.seconds += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

}  // namespace octet::selftest
