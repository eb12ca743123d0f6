#include "graders/dsl/soak.h"

#include <fmt/format.h>

#include <chrono>

#include "graders/dsl/runner.h"

namespace octet::grading {
namespace {

using Minutes = std::chrono::duration<double, std::ratio<60>>;
using Steady = std::chrono::steady_clock;

std::vector<PlacedTest> passing(const std::vector<TestResult>& results) {
  std::vector<PlacedTest> tests;
  for (const TestResult& result : results) {
    if (result.passed()) tests.push_back(result.placed);
  }
  return tests;
}

/// Adds a round of some of the tests to what there is of all. Both are in the stage's order.
void add(std::vector<TestResult> round, std::vector<TestResult>& all) {
  auto before = all.begin();
  for (TestResult& result : round) {
    while (before->placed.name() != result.placed.name()) ++before;
    result.seeds_run += before->seeds_run;
    if (result.passed()) result.seed = before->seed;
    *before = std::move(result);
  }
}

}  // namespace

std::optional<std::vector<TestResult>> soak_tests(const std::vector<PlacedTest>& tests,
                                                  const Request& request) {
  const auto begin = Steady::now();
  Request round = request;
  auto all = run_tests(tests, round);
  while (all && Steady::now() < begin + Minutes(request.soak_minutes)) {
    const std::vector<PlacedTest> open = passing(*all);
    if (open.empty()) break;
    round.seed += request.seeds;
    auto results = run_tests(open, round);
    if (!results) return std::nullopt;
    add(std::move(*results), *all);
  }
  fmt::print(stderr, "soaked for {:.1f} minutes, with seeds {} to {}\n",
             Minutes(Steady::now() - begin).count(), request.seed, round.seed + request.seeds - 1);
  return all;
}

}  // namespace octet::grading
