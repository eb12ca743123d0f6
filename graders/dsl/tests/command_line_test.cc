#include <gtest/gtest.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "graders/dsl/tests/evil_run.h"

namespace octet::grading {
namespace {

TEST(CommandLine, FullMarksOfWhatWasSelectedExitWithZero) {
  EvilRun run({"--part", "9a"});
  EXPECT_EQ(run.wait(), 0) << run.out();
  EXPECT_NE(run.out().find("score: 30/30\n"), std::string::npos) << run.out();
}

TEST(CommandLine, PlainLinesTellProgressWhereThereIsNoTerminal) {
  EvilRun run({"--part", "9a", "--part", "9d"});
  run.wait();
  EXPECT_NE(run.err().find("part 9a done"), std::string::npos) << run.err();
  EXPECT_EQ(run.err().find('\x1b'), std::string::npos) << run.err();
  EXPECT_EQ(run.out().find('\x1b'), std::string::npos) << run.out();
}

TEST(CommandLine, FirstFailingSeedIsReportedWithTheCommandThatRepeatsIt) {
  EvilRun run({"--test", "Good.KnowsItsSeed", "--seed", "5", "--seeds", "6", "--jobs", "3",
               "--solution", "reference"});
  EXPECT_EQ(run.wait(), 1);
  const std::string command = "./lab grade 9 --test Good.KnowsItsSeed --seed 7 --reference\n";
  EXPECT_NE(run.out().find(command), std::string::npos) << run.out();

  EvilRun seven_ends_first(
      {"--test", "Good.KnowsItsSeed", "--seed", "6", "--seeds", "2", "--jobs", "2"});
  EXPECT_EQ(seven_ends_first.wait(), 1);
  EXPECT_NE(seven_ends_first.out().find("--seed 7\n"), std::string::npos) << seven_ends_first.out();

  EvilRun again({"--test", "Good.KnowsItsSeed", "--seed", "8", "--seeds", "6"});
  EXPECT_EQ(again.wait(), 0) << again.out();
}

TEST(CommandLine, SoakingGoesOnUntilAllHaveFailed) {
  EvilRun run({"--test", "Good.KnowsItsSeed", "--soak", "1000", "--seeds", "2"});
  EXPECT_EQ(run.wait(), 1);
  EXPECT_NE(run.out().find("--test Good.KnowsItsSeed --seed 7\n"), std::string::npos) << run.out();
  EXPECT_NE(run.err().find(" minutes, with seeds 1 to 8\n"), std::string::npos) << run.err();
}

TEST(CommandLine, SoakingEndsWithItsTime) {
  EvilRun run({"--test", "Good.Passes", "--soak", "0.0001"});
  EXPECT_EQ(run.wait(), 0);
  EXPECT_NE(run.out().find("score: 10/10\n"), std::string::npos) << run.out();
}

TEST(CommandLine, ListShowsPartPointsAndClaimAndRunsNothing) {
  EvilRun run({"--list"});
  EXPECT_EQ(run.wait(), 0);
  EXPECT_EQ(run.out().substr(0, run.out().find('\n')).find("9a   10  Good.Passes"), 0u)
      << run.out();
  EXPECT_NE(run.out().find("a passing test earns its points"), std::string::npos);
}

TEST(CommandLine, HelpHasAnExample) {
  EvilRun run({"--help"});
  EXPECT_EQ(run.wait(), 0);
  EXPECT_NE(run.out().find("Example: ./lab grade 9"), std::string::npos) << run.out();
  EXPECT_EQ(run.out().find("--run-one"), std::string::npos) << run.out();
}

TEST(CommandLine, UnusableArgumentsGetOneLineAndExitWithTwo) {
  const std::vector<std::vector<std::string>> lines{
      {"--part", "7x"},
      {"--test", "No.Such"},
      {"--nonsense"},
      {"--seeds", "0"},
      {"--jobs", "many"},
      {"--soak", "-1"},
      {"--part", "9a", "--test", "Extra.Bonus"},
      {"--json", "/no/such/folder/file"},
      {"--junit", "/"},
  };
  for (const auto& line : lines) {
    EvilRun run(line);
    EXPECT_EQ(run.wait(), 2) << line.front();
    EXPECT_EQ(run.out(), "") << line.front();
    EXPECT_EQ(run.err().find("grade: "), 0u) << run.err();
    EXPECT_EQ(run.err().find('\n'), run.err().size() - 1) << run.err();
  }
}

TEST(CommandLine, ResultsReplaceAnOldFileAndLeaveNothingElse) {
  const TemporaryFolder folder;
  std::ofstream(folder.file("json")) << "old";
  EvilRun run({"--part", "9d", "--json", folder.file("json")});
  EXPECT_EQ(run.wait(), 0);
  EXPECT_EQ(nlohmann::json::parse(contents(folder.file("json")))["bonus"], 5);
  const auto names = std::filesystem::directory_iterator(folder.file(""));
  EXPECT_EQ(std::distance(begin(names), end(names)), 1);
}

TEST(CommandLine, ResultsMayGoToAPipe) {
  EvilRun run({"--part", "9d", "--json", "/dev/stdout"});
  EXPECT_EQ(run.wait(), 0);
  EXPECT_NE(run.out().find("\"max_score\""), std::string::npos) << run.out();
}

TEST(CommandLine, UntouchedStageGetsAdviceInsteadOfAFlood) {
  EvilRun run({"--test", "Fails.NotWritten"});
  EXPECT_EQ(run.wait(), 1);
  EXPECT_NE(run.out().find("read  stage9-evil/README.md"), std::string::npos) << run.out();
  EXPECT_NE(run.out().find("edit  graders/dsl/tests/evil_grader.cc:"), std::string::npos);
  EXPECT_EQ(run.out().find("FAILED"), std::string::npos) << run.out();
}

}  // namespace
}  // namespace octet::grading
