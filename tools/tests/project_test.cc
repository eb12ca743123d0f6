#include <gtest/gtest.h>

#include "tools/project/compiler_errors.h"
#include "tools/project/grades.h"

namespace octet::lab {
namespace {

constexpr auto starter = "stage1-sockets/starter/";

TEST(CompilerErrors, ReadsWhatGccSays) {
  CompilerErrors errors("/octet");
  errors.read("[3/9] Building CXX object x.o");
  errors.read("../../stage1-sockets/starter/client.cc: In member function 'void f()':");
  errors.read("../../stage1-sockets/starter/client.cc:12:5: error: 'x' was not declared");
  errors.read("/octet/stage1-sockets/starter/client.cc:14:5: warning: unused");
  ASSERT_EQ(errors.all().size(), 1u);
  EXPECT_EQ(errors.all()[0].place, "stage1-sockets/starter/client.cc:12");
  EXPECT_EQ(errors.all()[0].message, "'x' was not declared");
  EXPECT_EQ(errors.first_place(starter), "stage1-sockets/starter/client.cc:12");
}

TEST(CompilerErrors, LeadsFromAHeaderToTheStudentsLine) {
  CompilerErrors errors("/octet");
  errors.read("/usr/include/c++/12/variant:100:3: error: static assertion failed");
  errors.read("/octet/stage1-sockets/starter/client.cc:30:9:   required from here");
  EXPECT_EQ(errors.first_place(starter), "stage1-sockets/starter/client.cc:30");
}

TEST(CompilerErrors, ReadsWhatTheLinkerSays) {
  CompilerErrors errors("/octet");
  errors.read(
      "/usr/bin/ld: x.o: in function `f': /octet/build/dev/../../stage1-sockets/api/seam/"
      "echo.cc:16: undefined reference to `octet::Echo::stop()'");
  ASSERT_EQ(errors.all().size(), 1u);
  EXPECT_EQ(errors.all()[0].place, "stage1-sockets/api/seam/echo.cc:16");
  EXPECT_EQ(errors.all()[0].message, "undefined reference to `octet::Echo::stop()'");
  EXPECT_EQ(errors.first_place(starter), std::nullopt);
}

Grade test_result(const char* name, const char* part, double score) {
  return {{"name", name}, {"part", part}, {"score", score}, {"max_score", 5}};
}

TEST(Grades, APartialRunLeavesTheOtherTests) {
  const Grade whole = {{"score", 5},
                       {"max_score", 10},
                       {"tests", {test_result("A.One", "1a", 5), test_result("B.Two", "1b", 0)}}};
  const Grade partial = {
      {"score", 5}, {"max_score", 5}, {"tests", {test_result("B.Two", "1b", 5)}}};
  const Grade both = merged(whole, partial);
  EXPECT_EQ(both["score"], 10);
  EXPECT_EQ(both["max_score"], 10);
  const auto parts = part_scores(both);
  ASSERT_EQ(parts.size(), 2u);
  EXPECT_EQ(parts[0].score, 5);
  EXPECT_EQ(parts[1].score, 5);
}

}  // namespace
}  // namespace octet::lab
