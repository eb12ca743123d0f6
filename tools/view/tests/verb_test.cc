#include <gtest/gtest.h>

#include <fstream>
#include <sstream>

#include "runtime/trace/json_lines.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;

/// A folder of the test's own.
fs::path new_folder() {
  const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
  const fs::path folder = fs::temp_directory_path() / ("octet_view_" + name);
  fs::remove_all(folder);
  fs::create_directories(folder);
  return folder;
}

std::string written_trace(const fs::path& folder) {
  const fs::path file = folder / "run.jsonl";
  std::ofstream out(file);
  trace::write_json_lines(out, {.title = "a run", .nodes = {1}, .events = {{.node = 1}}});
  return file;
}

std::string contents_of(const fs::path& file) {
  std::ostringstream text;
  text << std::ifstream(file).rdbuf();
  return text.str();
}

/// What ./lab view prints, or the sentence with which it ends.
std::string view(std::vector<std::string> words) {
  CLI::App app;
  const Action action = view_verb(app, Project("/"));
  std::reverse(words.begin(), words.end());
  app.parse(std::move(words));
  testing::internal::CaptureStdout();
  std::string problem;
  try {
    action();
  } catch (const Failure& failure) {
    problem = std::string("FAILED ") + failure.what();
  } catch (const UsageError& error) {
    problem = std::string("USAGE ") + error.what();
  }
  const std::string printed = testing::internal::GetCapturedStdout();
  return problem.empty() ? printed : problem;
}

TEST(ViewVerb, WritesThePageBesideTheTraceAndPrintsItsName) {
  const fs::path folder = new_folder();
  const std::string trace = written_trace(folder);
  const std::string page = folder / "run.html";
  EXPECT_EQ(view({trace}), page + '\n');
  const std::string first = contents_of(page);
  EXPECT_EQ(view({trace}), page + '\n') << "a page may take the place of a page";
  EXPECT_EQ(contents_of(page), first);
}

TEST(ViewVerb, NothingElseIsOverwritten) {
  const fs::path folder = new_folder();
  const std::string trace = written_trace(folder);
  std::ofstream(folder / "run.html") << "my thesis";
  const std::string page = folder / "run.html";
  EXPECT_EQ(view({trace}),
            "FAILED " + page + " is there and is no view of a trace; name another file with --out");
  EXPECT_EQ(contents_of(page), "my thesis");
  EXPECT_EQ(view({trace, "--out", trace}).substr(0, 7), "FAILED ");
  EXPECT_EQ(view({trace, "--export", "jsonl", trace}),
            "FAILED " + trace + " is there already; name another file");
}

TEST(ViewVerb, WhatCannotBeDoneIsSaidInALine) {
  const fs::path folder = new_folder();
  const std::string trace = written_trace(folder);
  const std::string missing = folder / "missing.jsonl";
  EXPECT_EQ(view({missing}), "FAILED cannot read " + missing + ": is there such a file?");
  EXPECT_EQ(view({folder}), "FAILED " + folder.string() + " is a folder, not a trace");
  const std::string nowhere = folder / "no/such/run.html";
  EXPECT_EQ(view({trace, "--out", nowhere}),
            "FAILED cannot write " + nowhere + ": is its folder there, and yours?");
  EXPECT_EQ(view({trace, "--export", "pdf", "run.pdf"}),
            "USAGE \"pdf\" is no format; there are picture, shiviz, history, jsonl and text");
  const std::string other = folder / "other.jsonl";
  std::ofstream(other) << "{\"octet_trace\":9}\n";
  EXPECT_EQ(view({other}),
            "FAILED " + other + ": this trace has version 9; this program reads version 1");
  EXPECT_EQ(view({trace, "--compare", other}).substr(0, 7), "FAILED ");
  std::ofstream(other) << "{\"octet_trace\":1}\n";
  EXPECT_EQ(view({other}), "FAILED " + other +
                               ": the trace ends after 0 events, without its last line: it was "
                               "cut off");
}

TEST(ViewVerb, TextAndExportsLeaveThePageAlone) {
  const fs::path folder = new_folder();
  const std::string trace = written_trace(folder);
  EXPECT_NE(view({trace, "--text"}).find("a run\nno property was violated\n"), std::string::npos);
  const std::string copy = folder / "copy.jsonl";
  EXPECT_EQ(view({trace, "--export", "jsonl", copy}), copy + '\n');
  EXPECT_EQ(contents_of(copy), contents_of(trace));
  const std::string history = folder / "run.history";
  EXPECT_EQ(view({trace, "--export", "history", history}), history + '\n');
  EXPECT_EQ(contents_of(history).substr(0, 19), "{\"octet_history\":1,");
  const std::string picture = folder / "run.svg";
  EXPECT_EQ(view({trace, "--export", "picture", picture}), picture + '\n');
  EXPECT_EQ(contents_of(picture).substr(0, 5), "<svg ");
  EXPECT_FALSE(fs::exists(folder / "run.html"));
}

}  // namespace
}  // namespace octet::lab
