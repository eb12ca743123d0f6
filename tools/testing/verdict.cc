#include "tools/testing/verdict.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>

namespace octet::selftest {
namespace {

std::string problem_of_starter(const Graded& starter) {
  for (const auto& run : starter.runs) {
    for (const TestScore& test : run.tests) {
      if (test.score > 0) {
        return fmt::format(
            "scores {} on {} (part {}) with seed {}: this test passes without a solution",
            test.score, test.name, test.part, run.seed);
      }
    }
  }
  return {};
}

/// A design of 1a need not take up the challenge of 1d. Its number says which part it is about.
bool is_owed(const Graded& correct, const TestScore& test) {
  if (correct.kind != Graded::Kind::alternative || !test.challenge) return true;
  return correct.name.front() - '1' == test.part.back() - 'a';
}

std::string problem_of_correct(const Graded& correct) {
  for (const auto& run : correct.runs) {
    for (const TestScore& test : run.tests) {
      if (!test.full() && is_owed(correct, test)) {
        return fmt::format("loses {} of {} points on {} with seed {}:\n{}",
                           test.max_score - test.score, test.max_score, test.name, run.seed,
                           test.output);
      }
    }
  }
  return {};
}

bool has_test(const Graded& graded, std::string_view name) {
  const auto& tests = graded.runs.front().tests;
  return std::ranges::find(tests, name, &TestScore::name) != tests.end();
}

std::string problem_of_mutant(const Graded& mutant) {
  const std::set<std::string> failing = mutant.always_fail();
  if (mutant.must_fail.empty())
    return "its head names no test: add a line '# must fail: Suite.Name'";
  if (failing.empty()) return "survives: no graded test fails on every seed";
  for (const std::string& name : mutant.must_fail) {
    if (!has_test(mutant, name)) {
      return fmt::format("must fail {}, which does not exist or never calls what it changes", name);
    }
    if (!failing.contains(name)) {
      return fmt::format("must fail {}, but fails only {}", name, fmt::join(failing, ", "));
    }
  }
  return {};
}

}  // namespace

std::set<std::string> Graded::always_fail() const {
  std::map<std::string, std::size_t> failures;
  for (const Run& run : runs) {
    for (const TestScore& test : run.tests) {
      if (!test.full()) ++failures[test.name];
    }
  }
  std::set<std::string> always;
  for (const auto& [test, count] : failures) {
    if (count == runs.size()) always.insert(test);
  }
  return always;
}

Check judge(const Graded& graded) {
  const bool nothing_ran =
      graded.runs.empty() ||
      std::ranges::any_of(graded.runs, [](const Graded::Run& run) { return run.tests.empty(); });
  const auto problem = [&](std::string (*judge_kind)(const Graded&)) {
    if (!graded.broken.empty()) return graded.broken;
    return nothing_ran ? std::string("ran no test") : judge_kind(graded);
  };
  switch (graded.kind) {
    case Graded::Kind::starter:
      return {"the starter scores 0", problem(problem_of_starter)};
    case Graded::Kind::reference:
      return {"the reference scores everything", problem(problem_of_correct)};
    case Graded::Kind::alternative:
      return {"alternative " + graded.name + " scores everything", problem(problem_of_correct)};
    case Graded::Kind::mutant:
      return {"mutant " + graded.name + " is noticed", problem(problem_of_mutant)};
  }
  return {};
}

std::map<std::string, Kills> count_kills(const std::vector<Graded>& all) {
  std::map<std::string, Kills> kills;
  for (const Graded& graded : all) {
    if (graded.kind != Graded::Kind::mutant) continue;
    const std::set<std::string> failing = graded.always_fail();
    for (const std::string& name : failing) {
      ++kills[name].mutants;
      if (failing.size() == 1) ++kills[name].alone;
    }
  }
  return kills;
}

Checks judge_tests(const std::vector<Graded>& all) {
  const auto reference = std::ranges::find(all, Graded::Kind::reference, &Graded::kind);
  if (reference == all.end() || reference->runs.empty()) return {};
  const std::map<std::string, Kills> kills = count_kills(all);
  Checks checks;
  for (const TestScore& test : reference->runs.front().tests) {
    const std::string problem =
        kills.contains(test.name) ? "" : "no mutant fails it: write one, or drop the test";
    checks.push_back({"graded test " + test.name + " has a mutant", problem});
  }
  return checks;
}

}  // namespace octet::selftest
