#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;

struct Answer {
  int status = 0;
  std::string text;  // what was printed, or the sentence with which it ended
};

Answer check(std::vector<std::string> words) {
  CLI::App app;
  const Action action = check_history_verb(app, Project("/"));
  std::ranges::reverse(words);
  app.parse(std::move(words));
  testing::internal::CaptureStdout();
  Answer answer;
  try {
    answer.status = action();
    answer.text = testing::internal::GetCapturedStdout();
  } catch (const UsageError& error) {
    testing::internal::GetCapturedStdout();
    answer = {2, error.what()};
  }
  return answer;
}

std::string example(const std::string& name) {
  return std::string(OCTET_HISTORIES) + "/" + name;
}

/// A file of the test's own.
fs::path written(const std::string& text) {
  const std::string name = testing::UnitTest::GetInstance()->current_test_info()->name();
  const fs::path file = fs::temp_directory_path() / ("octet_check_history_" + name);
  std::ofstream(file, std::ios::binary) << text;
  return file;
}

TEST(CheckHistoryVerb, ALinearizableHistoryIsZero) {
  const Answer answer = check({example("unknown_append.jsonl")});
  EXPECT_EQ(answer.status, 0);
  EXPECT_EQ(answer.text.substr(0, answer.text.find(" states")),
            "linearizable: 1 object, 4 operations, 9");
}

TEST(CheckHistoryVerb, AViolationIsOneAndIsExplained) {
  const Answer answer = check({example("stale_read.jsonl")});
  EXPECT_EQ(answer.status, 1);
  EXPECT_TRUE(answer.text.starts_with("NOT linearizable: 2 objects, 7 operations, "))
      << answer.text;
  for (const char* const part :
       {"get of key \"x\" returned \"a\", which nothing explains (client 2, line 8)",
        "the value is \"ab\"\n    get returned \"a\" but the value is \"ab\"\n",
        "after append \"c\" (client 3, line 7): get returned \"a\" but the value is \"abc\"\n",
        "3 of the 6 operations until then show it:\n"}) {
    EXPECT_NE(answer.text.find(part), std::string::npos) << part << answer.text;
  }
}

TEST(CheckHistoryVerb, WithoutBudgetItIsThree) {
  const Answer answer = check({example("unknown_append.jsonl"), "--budget", "2"});
  EXPECT_EQ(answer.status, 3);
  EXPECT_TRUE(answer.text.starts_with("undecided: ")) << answer.text;
}

TEST(CheckHistoryVerb, WhatCannotBeReadIsTwo) {
  EXPECT_EQ(check({"/no/such/file"}).text, "cannot read /no/such/file: is there such a file?");
  EXPECT_EQ(check({"/"}).text, "/ is a folder, no history");
  const std::string file = written("{:process 1, :type :invoke");
  const Answer answer = check({file});
  EXPECT_EQ(answer.status, 2);
  EXPECT_EQ(answer.text.substr(0, file.size() + 9), file + ": line 1:");
  const std::string packed = written("\x1f\x8b that is no archive");
  EXPECT_EQ(check({packed}).text, packed + " cannot be unpacked; was the file cut off?");
}

}  // namespace
}  // namespace octet::lab
