#include <gtest/gtest.h>
#include <signal.h>

#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "graders/dsl/sanitizers.h"
#include "graders/dsl/tests/evil_run.h"
#include "runtime/tests/xml_problem.h"
#include "runtime/untrusted_text.h"

namespace octet::grading {
namespace {

/// One run over everything that ends by itself, looked at by many tests.
struct WholeRun {
  int status = 0;
  std::string out;
  std::string err;
  std::string json_text;
  std::string junit;
  nlohmann::json json;
  nlohmann::json gradescope;
  std::size_t left = 0;
  bool left_files = false;
  std::map<std::string, nlohmann::json> tests;
};

WholeRun run_everything() {
  const TemporaryFolder folder;
  EvilRun run({"--part", "9a", "--part", "9b", "--part", "9d", "--cpu-limit", "2", "--memory-limit",
               "256", "--json", folder.file("json"), "--junit", folder.file("xml"), "--gradescope",
               folder.file("gradescope")});
  WholeRun whole;
  whole.status = run.wait();
  whole.left = run.processes().size();
  whole.left_files = run.left_files();
  whole.out = run.out();
  whole.err = run.err();
  whole.json_text = contents(folder.file("json"));
  whole.json = nlohmann::json::parse(whole.json_text);
  whole.gradescope = nlohmann::json::parse(contents(folder.file("gradescope")));
  whole.junit = contents(folder.file("xml"));
  for (const auto& test : whole.json["tests"]) whole.tests[test["name"]] = test;
  return whole;
}

const WholeRun& whole() {
  static const WholeRun run = run_everything();
  return run;
}

struct Deed {
  std::string test;
  std::string said;            // what the failure has to say
  std::string said_sanitized;  // the same where a sanitizer gets there first
};

TEST(Evil, EveryDeedFailsItsOwnTestAndIsNamed) {
  const std::vector<Deed> deeds{
      {"Fails.Expectation", "as many bytes come back", ""},
      {"Fails.Expectation", "and a second reason", ""},
      {"Fails.ThrowsFailed", "waited for a reply that cannot come", ""},
      {"Fails.NotWritten", "not written yet: graders/dsl/tests/evil_grader.cc:", ""},
      {"Fails.Skips", "the test was skipped: not today", ""},
      {"Crashes.Segfault", "killed by SIGSEGV (segmentation fault)", "AddressSanitizer: SEGV"},
      {"Crashes.Segfault", "  in Crashes_Segfault_body() at graders/dsl/tests/evil_grader.cc:",
       "Crashes_Segfault_body"},
      {"Crashes.Segfault", "the story before the crash", ""},
      {"Crashes.NullCall", "killed by SIGSEGV", "AddressSanitizer: SEGV"},
      {"Crashes.NullCall", "  in Crashes_NullCall_body() at graders/dsl/tests/evil_grader.cc:",
       "Crashes_NullCall_Test"},
      {"Crashes.StackOverflow", "killed by SIGSEGV", "AddressSanitizer: stack-overflow"},
      {"Crashes.StackOverflow",
       "overflow_the_stack(int) at graders/dsl/tests/evil_grader.cc:", "overflow_the_stack"},
      {"Crashes.Abort", "aborted (SIGABRT)", ""},
      {"Crashes.Check", "!always does not hold: never is never always", ""},
      {"Crashes.KilledByKill", "killed by SIGKILL (killed)", ""},
      {"Throws.Exception", "uncaught exception std::out_of_range: index 9 of 3", ""},
      {"Throws.Number", "uncaught exception of type int", ""},
      {"Throws.InThread", "uncaught exception std::runtime_error: lost in a thread", ""},
      {"Throws.InNoexcept", "uncaught exception std::logic_error: from noexcept", ""},
      {"Exits.Exit", "the solution ended the process: exit(0)", ""},
      {"Exits.UnderscoreExit", "the solution ended the process: exit(0)", ""},
      {"Exits.QuickExit", "the solution ended the process: exit(3)", ""},
      {"Exits.LikeTheGrader", "the solution ended the process: exit(113)", ""},
      {"Limits.Spins", "used all of its 2 seconds of processor time", ""},
      {"Limits.Spins", "  in Limits_Spins_body() at graders/dsl/tests/evil_grader.cc:", ""},
      {"Limits.SpinsAndIgnoresTheSignal", "used all of its 2 seconds of processor time", ""},
      {"Limits.Allocates", "out of memory, uncaught std::bad_alloc: a test may have 256 MiB",
       "hard rss limit exhausted (256Mb"},
      {"Limits.PrintsForEver", "printed more than 64 MiB", ""},
      {"Limits.TellsForEver", "   1 line 1\n", ""},
      {"Limits.TellsForEver", "... 99700 lines left out ...", ""},
      {"Limits.TellsForEver", "100000 line 100000\n", ""},
      {"Forks.Outlives", "1 process was still running after the test had ended", ""},
      {"Forks.Daemon", "1 process was still running after the test had ended", ""},
      {"Forks.OutlivesACrash", "killed by SIGSEGV", "AddressSanitizer: SEGV"},
      {"Forks.ReturnsTwice", "the solution ended the process: exit(0)", ""},
      {"Forks.ChildCrashes", "the server was killed", "the server was killed"},
      {"Forks.ChildCrashes", "  in Forks_ChildCrashes_body() at", "Forks_ChildCrashes_body"},
      {"Descriptors.ClosesStdout", "closed or replaced standard output, which", ""},
      {"Descriptors.ReplacesStderr", "closed or replaced standard error, which", ""},
      {"Descriptors.ClosesAll", "closed or replaced a descriptor of the grader's", ""},
      {"Descriptors.ClosesAllAndFails", "this message still arrives", ""},
      {"Prints.FakeVerdict", "the solution ended the process: exit(0)", ""},
      {"Prints.InvalidText", "\\xff\\xfe\\x00\\x1b[31m]]>&<\\xc3(\\xed\\xa0\\x80 ", ""},
  };
  for (const Deed& deed : deeds) {
    ASSERT_TRUE(whole().tests.count(deed.test)) << deed.test;
    const nlohmann::json& test = whole().tests.at(deed.test);
    const std::string output = test["output"];
    const std::string& said =
        sanitized && !deed.said_sanitized.empty() ? deed.said_sanitized : deed.said;
    EXPECT_FALSE(test["passed"]) << deed.test;
    EXPECT_EQ(test["score"], 0) << deed.test;
    EXPECT_NE(output.find(said), std::string::npos) << deed.test << " says:\n" << output;
  }
}

TEST(Evil, EveryOtherTestStillCounts) {
  for (const char* const name :
       {"Good.Passes", "Good.KnowsItsSeed", "Good.ReapsWhatItForks", "Extra.Bonus"}) {
    EXPECT_TRUE(whole().tests.at(name)["passed"]) << whole().tests.at(name).dump(2);
  }
  EXPECT_EQ(whole().json["score"], 30);
  EXPECT_EQ(whole().json["max_score"], 98);
  EXPECT_EQ(whole().json["bonus"], 5);
  EXPECT_EQ(whole().status, 1);
  EXPECT_NE(whole().out.find("score: 30/98 + 5 bonus\n"), std::string::npos) << whole().out;
}

TEST(Evil, NoProcessAndNoFileIsLeft) {
  EXPECT_EQ(whole().left, 0u);
  EXPECT_FALSE(whole().left_files);
}

TEST(Evil, NothingThatASolutionPrintsReachesTheTerminalRaw) {
  EXPECT_EQ(whole().out, printable(whole().out));
  EXPECT_EQ(whole().out.find("hello from a test that passes"), std::string::npos);
  EXPECT_EQ(whole().out.find("[ RUN"), std::string::npos);
  EXPECT_EQ(whole().out.find("Stage 9: evil"), 0u) << "something else comes first";
  EXPECT_EQ(whole().out.find("\nscore: 100/100"), std::string::npos);
  EXPECT_EQ(whole().err.find("hello"), std::string::npos) << whole().err;
}

TEST(Evil, ResultsFilesAreTextWhateverASolutionPrints) {
  EXPECT_EQ(whole().json_text, printable(whole().json_text));
  EXPECT_EQ(whole().junit, printable(whole().junit));
  EXPECT_EQ(xml_problem(whole().junit), "");
  EXPECT_NE(whole().junit.find("]]&gt;&amp;&lt;"), std::string::npos);
  EXPECT_NE(whole().junit.find("<testsuite name=\"9a Good\" tests=\"3\" failures=\"0\">"),
            std::string::npos)
      << whole().junit;
}

TEST(Evil, GradescopeGetsScoresAndNumbers) {
  EXPECT_EQ(whole().gradescope["score"], 35);
  EXPECT_EQ(whole().gradescope["visibility"], "visible");
  const nlohmann::json& first = whole().gradescope["tests"][0];
  EXPECT_EQ(first["name"], "Good.Passes");
  EXPECT_EQ(first["number"], "9a.1");
  EXPECT_EQ(first["score"], 10);
  EXPECT_EQ(first["max_score"], 10);
  EXPECT_EQ(first["visibility"], "visible");
  EXPECT_TRUE(first["output"].is_string());
}

TEST(Evil, SanitizersDecideToo) {
  EvilRun run({"--part", "9e"});
  EXPECT_EQ(run.wait(), sanitized ? 1 : 0);
  const std::string out = run.out();
  EXPECT_EQ(out.find("LeakSanitizer: detected memory leaks") != std::string::npos, sanitized)
      << out;
  EXPECT_EQ(out.find("AddressSanitizer: heap-use-after-free") != std::string::npos, sanitized)
      << out;
  EXPECT_NE(out.find(sanitized ? "bonus: 0/2" : "bonus: 2/2"), std::string::npos) << out;
}

TEST(Evil, WaitingForEverEndsAtTheBackstopAndSaysWhere) {
  const TemporaryFolder folder;
  EvilRun run({"--part", "9c", "--wall-limit", "500", "--json", folder.file("json")});
  EXPECT_EQ(run.wait(), 1);
  EXPECT_NE(run.out().find("it probably waits for ever"), std::string::npos) << run.out();
  EXPECT_NE(run.out().find("in Waits_ForEver_body() at"), std::string::npos) << run.out();
}

class Stopped : public testing::TestWithParam<int> {};

TEST_P(Stopped, LeavesNothingBehind) {
  EvilRun run({"--part", "9c"});
  run.wait_for_test_process();
  kill(run.process(), GetParam());
  EXPECT_EQ(run.wait(), GetParam() == SIGKILL ? -SIGKILL : 130);
  EXPECT_TRUE(run.wait_until_gone());
  EXPECT_FALSE(run.left_files());
}

INSTANTIATE_TEST_SUITE_P(By, Stopped, testing::Values(SIGINT, SIGTERM, SIGHUP, SIGKILL));

}  // namespace
}  // namespace octet::grading
