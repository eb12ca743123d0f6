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

/// A challenge fails; beside it a core test holds, or nothing is run.
std::string scorecard_of_a_challenge(bool with_core) {
  const Stage stage{7, "demo", {{"7a", "Core", 40, {"A"}}, {"7b", "More", 5, {"B"}, true}}, false};
  std::vector<TestResult> results(2);
  results[0].placed = {{"A", "First", 40, "claim"}, &stage.parts[0], 1};
  results[0].outcome.passed = true;
  results[1].placed = {{"B", "Second", 5, "harder claim"}, &stage.parts[1], 1};
  if (!with_core) results.erase(results.begin());
  return scorecard({&stage, "starter", results}, {});
}

TEST(Scorecard, WhatChallengesLackIsToldToThoseWhoAsk) {
  const std::string asked = scorecard_of_a_challenge(false);
  EXPECT_NE(asked.find("harder claim"), std::string::npos) << asked;
  EXPECT_NE(asked.find("bonus: 0/5"), std::string::npos) << asked;
  EXPECT_EQ(asked.find("what challenges lack"), std::string::npos) << asked;
  const std::string beside = scorecard_of_a_challenge(true);
  EXPECT_EQ(beside.find("harder claim"), std::string::npos) << beside;
  EXPECT_NE(beside.find("score: 40/40"), std::string::npos) << beside;
  EXPECT_NE(beside.find("what challenges lack: ./lab grade 7 --part 7b\n"), std::string::npos)
      << beside;
}

TEST(Scorecard, ResultsHoldWhatTheStageIsWorth) {
  const Stage stage = stage_of(false);
  EXPECT_NE(to_json({&stage, "reference", {}}).find("\"stage_points\": 40"), std::string::npos);
}

}  // namespace
}  // namespace octet::grading
