#include <gtest/gtest.h>
#include <poll.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <csignal>
#include <fstream>
#include <stdexcept>
#include <string>

#include "tools/project/compiler_errors.h"
#include "tools/project/grades.h"
#include "tools/project/parallel.h"
#include "tools/project/subprocess.h"

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

TEST(OnAllCores, EveryItemIsDoneOnceAlsoWhenOneFails) {
  constexpr std::size_t count = 100;
  std::array<std::atomic<int>, count> times = {};
  const auto work = [&](std::size_t i) {
    ++times.at(i);
    if (i == count - 1) throw std::runtime_error("the last one fails");
  };
  EXPECT_THROW(on_all_cores(count, work), std::runtime_error);
  for (const auto& each : times) EXPECT_EQ(each, 1);
}

TEST(Run, WhatRunsEndsWithUs) {
  std::array<int, 2> ends = {};
  ASSERT_EQ(pipe(ends.data()), 0);
  const pid_t lab = fork();
  if (lab == 0) _exit(run({"sleep", "1000"}));
  close(ends[1]);  // from here on only lab and what it runs hold this end
  pollfd held = {.fd = ends[0], .events = POLLIN, .revents = 0};
  while (
      std::ifstream("/proc/" + std::to_string(lab) + "/task/" + std::to_string(lab) + "/children")
          .peek() == EOF) {
    ASSERT_EQ(poll(&held, 1, 1), 0);
  }
  kill(lab, SIGKILL);
  waitpid(lab, nullptr, 0);
  constexpr int long_enough_ms = 60'000;
  EXPECT_EQ(poll(&held, 1, long_enough_ms), 1) << "what it ran lives on";
  close(ends[0]);
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

TEST(Grades, AStageMayBeWorthLessUntilAllItsPartsAreThere) {
  const Grade older = {{"tests", {test_result("A.One", "2a", 5)}}};
  EXPECT_EQ(full_marks(older), 100);
  const Grade newer = {{"stage_points", 30}, {"tests", {test_result("A.One", "2a", 5)}}};
  EXPECT_EQ(full_marks(newer), 30);
  EXPECT_EQ(full_marks(merged(older, newer)), 30);
}

}  // namespace
}  // namespace octet::lab
