#include "graders/dsl/registry.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace octet::grading {
namespace {

Stage sound_stage() {
  return {1,
          "demo",
          {{"1a", "First", 40, {"A", "B"}},
           {"1b", "Second", 60, {"C"}},
           {"1c", "More", 7, {"D"}, true}}};
}

std::vector<GradedTest> sound_tests() {
  return {{"C", "Last", 60, ""},
          {"B", "Second", 15, ""},
          {"A", "First", 25, ""},
          {"D", "Bonus", 7, ""}};
}

TEST(Registry, TestsStandInTheOrderOfTheStage) {
  const Stage stage = sound_stage();
  std::vector<std::string> names;
  for (const PlacedTest& placed : place_tests(stage, sound_tests())) names.push_back(placed.name());
  EXPECT_EQ(names, (std::vector<std::string>{"A.First", "B.Second", "C.Last", "D.Bonus"}));
}

TEST(Registry, AFileComesBeforeThoseThatGoOnFromIt) {
  const Stage stage = sound_stage();
  std::vector<std::string> names;
  for (const PlacedTest& placed :
       place_tests(stage, {{"A", "Limits", 1, "", "graders/resp_limits_test.cc"},
                           {"A", "First", 1, "", "graders/resp_test.cc"},
                           {"A", "AndThen", 1, "", "graders/resp_test.cc"}})) {
    names.push_back(placed.name());
  }
  EXPECT_EQ(names, (std::vector<std::string>{"A.First", "A.AndThen", "A.Limits"}));
}

TEST(Registry, SoundStageHasNoFlaw) {
  EXPECT_EQ(flaw_of(sound_stage(), sound_tests()), "");
}

TEST(Registry, EveryFlawIsNamed) {
  Stage homeless = sound_stage();
  homeless.parts[1].suites.clear();
  EXPECT_EQ(flaw_of(homeless, sound_tests()), "the suite of C.Last is in no part");

  Stage twice = sound_stage();
  twice.parts[0].suites.push_back("C");
  EXPECT_EQ(flaw_of(twice, sound_tests()), "the suite of C.Last is in more than one part");

  std::vector<GradedTest> poor = sound_tests();
  poor[1].points = 14;
  EXPECT_EQ(flaw_of(sound_stage(), poor), "the tests of part 1a add up to 39 points instead of 40");

  std::vector<GradedTest> worthless = sound_tests();
  worthless[1].points = 0;
  EXPECT_EQ(flaw_of(sound_stage(), worthless), "B.Second is worth 0 points");

  std::vector<GradedTest> double_name = sound_tests();
  double_name.push_back(double_name.back());
  EXPECT_EQ(flaw_of(sound_stage(), double_name), "D.Bonus is defined twice");

  Stage core_is_short = sound_stage();
  core_is_short.parts[1].challenge = true;
  EXPECT_EQ(flaw_of(core_is_short, sound_tests()),
            "the core parts add up to 40 points instead of 100");
}

TEST(Registry, AStageThatIsNotWholeMayHaveFewerPoints) {
  Stage young = sound_stage();
  young.parts.erase(young.parts.begin() + 1);
  std::vector<GradedTest> tests = sound_tests();
  tests.erase(tests.begin());
  EXPECT_EQ(flaw_of(young, tests), "the core parts add up to 40 points instead of 100");
  young.whole = false;
  EXPECT_EQ(flaw_of(young, tests), "");
  EXPECT_EQ(core_points(young), 40);

  Stage grown = sound_stage();
  grown.whole = false;
  EXPECT_EQ(flaw_of(grown, sound_tests()),
            "it says that parts are still to come, but its core is worth 100 points");
}

TEST(Registry, PatternsMatchWholeNames) {
  EXPECT_TRUE(matches("Echo.Replies", "Echo.Replies"));
  EXPECT_TRUE(matches("Echo.Replies", "Echo.*"));
  EXPECT_TRUE(matches("Echo.Replies", "*Repl*"));
  EXPECT_FALSE(matches("Echo.Replies", "Echo"));
  EXPECT_FALSE(matches("Echo.Replies", "Repl*"));
  EXPECT_FALSE(matches("Echo", "Echo.*"));
}

}  // namespace
}  // namespace octet::grading
