#pragma once

#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/stage.h"

namespace octet::grading {

/// A graded test in its place.
struct PlacedTest {
  GradedTest test;
  const Part* part = nullptr;
  int number_in_part = 0;  // from 1

  std::string name() const { return test.suite + "." + test.name; }
};

/// All graded tests in the order in which a student comes to them: that of the stage's parts and
/// their suites, and in a suite that of the files. resp_test.cc stands before resp_limits_test.cc,
/// which goes on from there.
std::vector<PlacedTest> place_tests(const Stage& stage, const std::vector<GradedTest>& tests);

/// What is wrong with the stage: a suite in no part or in two, a part whose tests do not add up to
/// its points, a core that is not worth 100 although the stage is whole. Empty when it is sound.
std::string flaw_of(const Stage& stage, const std::vector<GradedTest>& tests);

/// Whether a name fits a pattern in which * stands for anything.
bool matches(std::string_view name, std::string_view pattern);

}  // namespace octet::grading
