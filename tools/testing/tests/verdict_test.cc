#include "tools/testing/verdict.h"

#include <gtest/gtest.h>

#include <utility>

namespace octet::selftest {
namespace {

using Kind = Graded::Kind;

/// One run of two tests of 5 points each.
Graded::Run run(double first, double second, std::uint64_t seed = 1) {
  return {seed, {{"Suite.First", "1a", first, 5}, {"Suite.Second", "1b", second, 5, "too late"}}};
}

Graded graded(Kind kind, std::vector<Graded::Run> runs, std::vector<std::string> must_fail = {}) {
  Graded result;
  result.kind = kind;
  result.name = "01_x";
  result.runs = std::move(runs);
  result.must_fail = std::move(must_fail);
  return result;
}

TEST(Starter, HoldsAtZero) {
  EXPECT_EQ(judge(graded(Kind::starter, {run(0, 0)})).problem, "");
}

TEST(Starter, MayNotScoreOnOnePart) {
  EXPECT_EQ(judge(graded(Kind::starter, {run(0, 1)})).problem,
            "scores 1 on Suite.Second (part 1b) with seed 1: this test passes without a solution");
}

TEST(Correct, HoldsWithEveryPoint) {
  EXPECT_EQ(judge(graded(Kind::reference, {run(5, 5)})).problem, "");
  EXPECT_EQ(judge(graded(Kind::alternative, {run(5, 5)})).problem, "");
}

TEST(Correct, MayNotLoseAPointOnAnySeed) {
  for (const Kind kind : {Kind::reference, Kind::alternative}) {
    EXPECT_EQ(judge(graded(kind, {run(5, 5, 1), run(5, 2, 7)})).problem,
              "loses 3 of 5 points on Suite.Second with seed 7:\ntoo late");
  }
}

TEST(Correct, AnAlternativeOwesOnlyTheChallengeThatItIsAbout) {
  Graded about_another = graded(Kind::alternative, {run(5, 2)});
  about_another.runs[0].tests[1].challenge = true;
  about_another.name = "101_x";
  EXPECT_EQ(judge(about_another).problem, "");
  Graded about_it = about_another;
  about_it.name = "201_x";
  EXPECT_NE(judge(about_it).problem, "");
  Graded reference = about_another;
  reference.kind = Kind::reference;
  EXPECT_NE(judge(reference).problem, "");
}

TEST(Mutant, HoldsWhenWhatItNamesFailsAndMore) {
  EXPECT_EQ(judge(graded(Kind::mutant, {run(0, 0)}, {"Suite.First"})).problem, "");
}

TEST(Mutant, MayNotSurvive) {
  EXPECT_EQ(judge(graded(Kind::mutant, {run(5, 5)}, {"Suite.First"})).problem,
            "survives: no graded test fails on every seed");
}

TEST(Mutant, MayNotSurviveOnOneSeed) {
  EXPECT_EQ(judge(graded(Kind::mutant, {run(0, 5, 1), run(5, 5, 2)}, {"Suite.First"})).problem,
            "survives: no graded test fails on every seed");
}

TEST(Mutant, MayNotMissATestThatItNames) {
  EXPECT_EQ(judge(graded(Kind::mutant, {run(0, 5)}, {"Suite.First", "Suite.Second"})).problem,
            "must fail Suite.Second, but fails only Suite.First");
}

TEST(Mutant, MayNotNameATestThatDoesNotExist) {
  EXPECT_EQ(judge(graded(Kind::mutant, {run(0, 0)}, {"Suite.Frist"})).problem,
            "must fail Suite.Frist, which does not exist or never calls what it changes");
}

TEST(Mutant, HasToNameATest) {
  EXPECT_EQ(judge(graded(Kind::mutant, {run(0, 0)})).problem,
            "its head names no test: add a line '# must fail: Suite.Name'");
}

TEST(Anything, ThatIsBrokenOrRanNothingDoesNotHold) {
  for (const Kind kind : {Kind::starter, Kind::reference, Kind::alternative, Kind::mutant}) {
    Graded broken = graded(kind, {run(0, 0)}, {"Suite.First"});
    broken.broken = "does not apply";
    EXPECT_EQ(judge(broken).problem, "does not apply");
    EXPECT_EQ(judge(graded(kind, {}, {"Suite.First"})).problem, "ran no test");
    EXPECT_EQ(judge(graded(kind, {{1, {}}}, {"Suite.First"})).problem, "ran no test");
  }
}

TEST(Tests, EachHasAMutant) {
  const Checks checks = judge_tests({graded(Kind::reference, {run(5, 5)}),
                                     graded(Kind::mutant, {run(0, 5)}, {"Suite.First"}),
                                     graded(Kind::alternative, {run(5, 0)})});
  ASSERT_EQ(checks.size(), 2U);
  EXPECT_EQ(checks[0].problem, "");
  EXPECT_EQ(checks[1].what, "graded test Suite.Second has a mutant");
  EXPECT_EQ(checks[1].problem, "no mutant fails it: write one, or drop the test");
}

TEST(Kills, CountMutantsThatOnlyOneTestNotices) {
  auto kills = count_kills({graded(Kind::mutant, {run(0, 5)}), graded(Kind::mutant, {run(0, 0)}),
                            graded(Kind::reference, {run(0, 0)})});
  EXPECT_EQ(kills["Suite.First"].mutants, 2U);
  EXPECT_EQ(kills["Suite.First"].alone, 1U);
  EXPECT_EQ(kills["Suite.Second"].mutants, 1U);
  EXPECT_EQ(kills["Suite.Second"].alone, 0U);
}

}  // namespace
}  // namespace octet::selftest
