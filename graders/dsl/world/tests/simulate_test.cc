#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <sstream>

#include "graders/dsl/tests/evil_run.h"
#include "runtime/trace/json_lines.h"

namespace octet::grading {
namespace {

/// Everything graded once, with traces.
struct WholeRun {
  TemporaryFolder folder;
  std::string out;
  std::map<std::string, nlohmann::json> tests;

  explicit WholeRun(const std::string& seed = "1") {
    EvilRun run({"--seed", seed, "--json", folder.file("json"), "--traces", folder.file(""),
                 "--keep-passing"});
    run.wait();
    out = run.out();
    const auto json = nlohmann::json::parse(contents(folder.file("json")));
    for (const auto& test : json["tests"]) tests[test["name"]] = test;
  }
  std::string trace_text(const std::string& test) const {
    return contents(folder.file(test + ".trace"));
  }
};

const WholeRun& whole() {
  static const WholeRun run;
  return run;
}

std::string output(const std::string& test) {
  return whole().tests.at(test)["output"];
}

trace::Trace trace_of(const std::string& test) {
  std::istringstream in(whole().trace_text(test));
  return trace::read_json_lines(in);
}

bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

TEST(Simulate, EachFailureIsNamed) {
  EXPECT_EQ(whole().tests.at("Passes.EveryStorm")["passed"], true);
  const std::vector<std::pair<std::string, std::string>> deeds{
      {"Fails.Storm", "entries on the backup, which has "},
      {"Fails.Storm", " is enough"},
      {"Fails.Expectation", "it heard nothing"},
      {"Fails.Expectation", "at graders/dsl/world/tests/toy_grader.cc:"},
      {"Fails.Expectation", "nobody says a thing"},
      {"Fails.GivesUp", "nobody answered within 3 s"},
      {"Fails.Throws", "node 1 (Toy) threw in its handler of Do{\"number\":1}: index 9 of 3"},
      {"Fails.NotWritten", "not written yet: graders/dsl/world/tests/toy_grader.cc:"},
      {"Fails.NotRepeatable", "told the same twice, the nodes did two things"},
      {"Fails.NotRepeatable", "once: node 1 sends Say{\"number\":1} to node 2"},
      {"Fails.NotRepeatable", "and then: node 1 sends Say{\"number\":2} to node 2"},
      {"Fails.NotRepeatable", "Fails.NotRepeatable.trace --compare "},
      {"Fails.Endless", "the nodes are busy without end: 1000 events in "},
      {"Fails.Search", "\"toy 2 hears nothing\" does not hold: toy 2 heard of it"},
      {"Fails.Search", "node 2 receives Say{\"number\":1} from 1"},
      {"Fails.SearchNotWritten", "not written yet: graders/dsl/world/tests/toy_grader.cc:"},
      {"Fails.Crashes", "killed by SIGSEGV"},
      {"Fails.Crashes", "in a handler of node 1, at 0.000000 s of the run with seed 1"},
      {"Fails.CrashesWhileShrinking", "there was a pause"},
      {"Fails.CrashesWhileShrinking", "then, played again with fewer faults: killed by SIGSEGV"}};
  for (const auto& [test, said] : deeds) {
    EXPECT_EQ(whole().tests.at(test)["passed"], false) << test;
    EXPECT_TRUE(says(output(test), said)) << said << " is not in:\n" << output(test);
  }
  EXPECT_FALSE(says(output("Fails.Expectation"), "a second reason")) << "the first is what counts";
}

TEST(Simulate, AFailureComesWithTheTraceOfItsSmallestRun) {
  const trace::Trace trace = trace_of("Fails.Storm");
  EXPECT_EQ(trace.title, "Fails.Storm");
  EXPECT_EQ(trace.replay, "./lab replay 9 Fails.Storm --seed 1");
  EXPECT_TRUE(says(output("Fails.Storm"), trace.violation)) << trace.violation;
  EXPECT_LE(trace.plan.size(), 3U);
  EXPECT_EQ(trace.witnesses, std::vector<std::uint64_t>{trace.events.size()});
  const std::string file = whole().tests.at("Fails.Storm")["trace_file"];
  EXPECT_TRUE(std::filesystem::exists(file)) << file;
  EXPECT_TRUE(says(whole().out, "look: ./lab view " + file)) << whole().out;
  EXPECT_TRUE(says(whole().out, "replay: ./lab replay 9 Fails.Storm --seed 1"));
}

TEST(Simulate, ASearchLeavesItsShortestRun) {
  const trace::Trace trace = trace_of("Fails.Search");
  EXPECT_EQ(trace.world, "search");
  EXPECT_EQ(trace.replay, "./lab replay 9 Fails.Search --seed 1");
  EXPECT_FALSE(trace.witnesses.empty());
}

TEST(Simulate, APassingTestLeavesItsFirstRun) {
  const trace::Trace trace = trace_of("Passes.EveryStorm");
  EXPECT_EQ(trace.violation, "");
  EXPECT_GT(trace.events.size(), 100U);
}

/// The story's lines without numbers and times.
std::vector<std::string> story(const std::string& test) {
  std::vector<std::string> lines = whole().tests.at(test)["story"];
  for (std::string& line : lines) {
    const std::size_t time = line.find(" s  ");
    line = time == std::string::npos ? line.substr(5) : line.substr(time + 4);
  }
  return lines;
}

TEST(Simulate, TheStoryEndsWithWhatHappenedLast) {
  const std::vector<std::string> lines = story("Fails.Throws");
  ASSERT_EQ(lines.size(), 5U);
  EXPECT_EQ(lines[2], "node 1: is asked Do{\"number\":1} by its application");
  EXPECT_EQ(lines[4], "node 1: crashes");
}

TEST(Simulate, NothingHappensAfterAFailedExpectation) {
  const std::vector<std::string> lines = story("Fails.Expectation");
  EXPECT_LE(std::ranges::count(lines, "this is later"), 1);
  EXPECT_EQ(std::ranges::count(lines, "this is after the end"), 0);
}

TEST(Simulate, TheStoryShowsWhatACrashedHandlerStillDid) {
  const std::vector<std::string> lines = story("Fails.Storm");
  const auto crash = std::ranges::find(lines, "node 2: crashes");
  ASSERT_GE(crash - lines.begin(), 2);
  ASSERT_NE(crash, lines.end());
  EXPECT_TRUE(crash[-1].starts_with("node 2: sends Copied{")) << crash[-1];
  EXPECT_TRUE(crash[-2].starts_with("node 2: gets Copy{")) << crash[-2];
  EXPECT_TRUE(lines[0].starts_with("... ") && lines[0].ends_with(" are left out ...")) << lines[0];
  EXPECT_LE(lines.size(), 45U);
}

TEST(Simulate, OneSeedHasOneTraceAndAnotherAnother) {
  const WholeRun again;
  const WholeRun other("2");
  for (const std::string test : {"Passes.EveryStorm", "Fails.Storm", "Fails.Expectation"}) {
    EXPECT_EQ(whole().trace_text(test), again.trace_text(test)) << test;
    EXPECT_NE(whole().trace_text(test), other.trace_text(test)) << test;
  }
}

}  // namespace
}  // namespace octet::grading
