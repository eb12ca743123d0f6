#include "tools/testing/ctest_log.h"

#include <gtest/gtest.h>

#include <sstream>

namespace octet::selftest {
namespace {

TEST(CtestLog, KeepsWhatAFailedTestPrinted) {
  std::istringstream lines(R"(Test project /tree/build
      Start  1: A.Works
      Start  2: B.Breaks
 1/12 Test  #1: A.Works ..........................   Passed    0.00 sec
 2/12 Test  #2: B.Breaks .........................***Failed    0.01 sec
b.cc:3: Failure

expected 1
      Start 11: C.Crashes
11/12 Test #11: C.Crashes ........................***Exception: SegFault  1.31 sec
12/12 Test #12: D.Works_too_with_a_name_of_a_great_length Passed    0.00 sec
13/13 Test #13: fuzz.e ...........................***Skipped   0.00 sec
skipped: no clang++

50% tests passed, 2 tests failed out of 4
The following tests FAILED:
)");
  CtestLog log;
  for (std::string line; std::getline(lines, line);) log.read(line);
  ASSERT_EQ(log.checks().size(), 4U);
  EXPECT_EQ(log.checks()[0].what, "A.Works");
  EXPECT_EQ(log.checks()[0].problem, "");
  EXPECT_EQ(log.checks()[1].what, "B.Breaks");
  EXPECT_EQ(log.checks()[1].problem, "fails\nb.cc:3: Failure\nexpected 1");
  EXPECT_EQ(log.checks()[2].problem, "fails");
  EXPECT_EQ(log.checks()[3].problem, "");
  EXPECT_EQ(log.skipped(), std::vector<std::string>{"fuzz.e"});
}

}  // namespace
}  // namespace octet::selftest
