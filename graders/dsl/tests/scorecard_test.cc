#include "graders/dsl/scorecard.h"

#include <gtest/gtest.h>

namespace octet::grading {
namespace {

constexpr auto missing = "40 of the stage's 100 points are there yet";

Stage stage_of(bool whole) {
  return {7, "demo", {{"7a", "First", 40, {"A"}}}, whole};
}

std::string scorecard_of(const Stage& stage) {
  TestResult result;
  result.placed = {{"A", "First", 40, "claim"}, &stage.parts[0], 1};
  result.outcome.passed = true;
  return scorecard({&stage, "reference", {result}}, {});
}

TEST(Scorecard, SaysThatPartsAreStillToCome) {
  EXPECT_NE(scorecard_of(stage_of(false)).find(missing), std::string::npos);
  EXPECT_EQ(scorecard_of(stage_of(true)).find(missing), std::string::npos);
}

TEST(Scorecard, ResultsHoldWhatTheStageIsWorth) {
  const Stage stage = stage_of(false);
  EXPECT_NE(to_json({&stage, "reference", {}}).find("\"stage_points\": 40"), std::string::npos);
}

}  // namespace
}  // namespace octet::grading
