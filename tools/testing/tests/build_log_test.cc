#include "tools/testing/build_log.h"

#include <gtest/gtest.h>

#include <map>
#include <sstream>

namespace octet::selftest {
namespace {

using Failed = std::map<std::string, std::string>;

BuildLog log_of(const std::string& text) {
  BuildLog log;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) log.read(line);
  return log;
}

TEST(BuildLog, TellsWhichVariantsFailedAndWhy) {
  const BuildLog log = log_of(R"([1/9] Patching grade_1_mutant_01_x
FAILED: stage1-sockets/patched/grade_1_mutant_01_x/a.cc /build/a.cc
cd /build && apply_patch.sh 01_x.patch
01_x.patch does not apply to reference/: error: patch failed: a.cc:1
[2/9] Building CXX object stage1-sockets/x.o
FAILED: stage1-sockets/CMakeFiles/grade_1_alternative_02_y.dir/patched/a.cc.o
/usr/bin/c++ -o a.cc.o
a.cc: In function:
a.cc:2:11: error: 'retrn' was not declared
a.cc:3:1: error: another
[3/9] Building CXX object stage1-sockets/y.o
y.cc:1:1: error: a warning that only looks like one
ninja: build stopped: cannot make progress due to previous errors.
)");
  EXPECT_EQ(log.failed(),
            (Failed{{"grade_1_mutant_01_x",
                     "01_x.patch does not apply to reference/: error: patch failed: a.cc:1"},
                    {"grade_1_alternative_02_y", "a.cc:2:11: error: 'retrn' was not declared"}}));
  EXPECT_EQ(log.other_error(), "");
}

TEST(BuildLog, KeepsErrorsThatBelongToNoVariant) {
  EXPECT_EQ(log_of("FAILED: graders/x.o\nc++ x\nx.cc:1:1: error: bad\n").other_error(),
            "x.cc:1:1: error: bad");
  EXPECT_EQ(log_of("ninja: error: unknown target 'grade_1_mutant_x'\n").other_error(),
            "ninja: error: unknown target 'grade_1_mutant_x'");
}

TEST(BuildLog, OfABuildThatWorksIsEmpty) {
  const BuildLog log = log_of("[1/2] Building\n[2/2] Linking\n");
  EXPECT_EQ(log.failed(), Failed{});
  EXPECT_EQ(log.other_error(), "");
}

}  // namespace
}  // namespace octet::selftest
