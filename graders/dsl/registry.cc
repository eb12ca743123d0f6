#include "graders/dsl/registry.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

namespace octet::grading {
namespace {

std::size_t parts_with(const Stage& stage, const std::string& suite) {
  std::size_t count = 0;
  for (const Part& part : stage.parts) {
    count += static_cast<std::size_t>(std::count(part.suites.begin(), part.suites.end(), suite));
  }
  return count;
}

int points_of(const Part& part, const std::vector<PlacedTest>& tests) {
  int points = 0;
  for (const PlacedTest& placed : tests) {
    if (placed.part == &part) points += placed.test.points;
  }
  return points;
}

/// "resp_limits" of resp_limits_test.cc: what is only the beginning of another comes before it.
std::string idea_of_file(const GradedTest& test) {
  return test.file.substr(0, test.file.rfind("_test.cc"));
}

/// What is wrong with what the core is worth. A stage that grew up must say so, or nobody would see
/// it when points are lost again.
std::string flaw_of_core(const Stage& stage) {
  const int core = core_points(stage);
  if (stage.whole && core != full_core) {
    return fmt::format("the core parts add up to {} points instead of {}", core, full_core);
  }
  if (!stage.whole && core >= full_core) {
    return fmt::format("it says that parts are still to come, but its core is worth {} points",
                       core);
  }
  return {};
}

}  // namespace

int core_points(const Stage& stage) {
  int points = 0;
  for (const Part& part : stage.parts) points += part.challenge ? 0 : part.points;
  return points;
}

std::vector<PlacedTest> place_tests(const Stage& stage, const std::vector<GradedTest>& tests) {
  std::multimap<std::string, GradedTest> by_file;  // keeps those of one file as they were
  for (const GradedTest& test : tests) by_file.emplace(idea_of_file(test), test);
  std::vector<PlacedTest> placed;
  for (const Part& part : stage.parts) {
    int number = 0;
    for (const std::string& suite : part.suites) {
      for (const auto& [file, test] : by_file) {
        if (test.suite == suite) placed.push_back({test, &part, ++number});
      }
    }
  }
  return placed;
}

std::string flaw_of(const Stage& stage, const std::vector<GradedTest>& tests) {
  std::set<std::string> names;
  for (const GradedTest& test : tests) {
    const std::string name = test.suite + "." + test.name;
    const std::size_t parts = parts_with(stage, test.suite);
    if (parts == 0) return fmt::format("the suite of {} is in no part", name);
    if (parts > 1) return fmt::format("the suite of {} is in more than one part", name);
    if (test.points <= 0) return fmt::format("{} is worth {} points", name, test.points);
    if (!names.insert(name).second) return fmt::format("{} is defined twice", name);
  }
  const std::vector<PlacedTest> placed = place_tests(stage, tests);
  for (const Part& part : stage.parts) {
    const int points = points_of(part, placed);
    if (points != part.points) {
      return fmt::format("the tests of part {} add up to {} points instead of {}", part.id, points,
                         part.points);
    }
  }
  return flaw_of_core(stage);
}

bool matches(std::string_view name, std::string_view pattern) {
  if (pattern.empty()) return name.empty();
  if (pattern.front() == '*') {
    return matches(name, pattern.substr(1)) || (!name.empty() && matches(name.substr(1), pattern));
  }
  return !name.empty() && name.front() == pattern.front() &&
         matches(name.substr(1), pattern.substr(1));
}

}  // namespace octet::grading
