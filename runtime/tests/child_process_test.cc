#include "runtime/process/child_process.h"

#include <gtest/gtest.h>
#include <poll.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>

namespace octet {
namespace {

using Output = Launch::Output;
using Lines = std::vector<std::string>;

Launch shell(const std::string& script, Output output = Output::pipe,
             Output errors = Output::pipe) {
  return {.command = {"sh", "-c", script}, .output = output, .errors = errors};
}

Lines all_lines(const Launch& launch) {
  ChildProcess process(launch);
  Lines lines;
  while (const auto line = process.read_line()) lines.push_back(*line);
  return lines;
}

bool is_there(pid_t pid) {
  return ::kill(pid, 0) == 0;
}

TEST(ChildProcess, WhatItWritesIsReadInLines) {
  EXPECT_EQ(all_lines(shell("echo one; echo; echo two >&2; printf three")),
            (Lines{"one", "", "two", "three"}));
}

TEST(ChildProcess, LinesMayBeLong) {
  const std::string x = "head -c 300000 /dev/zero | tr '\\0' ";
  EXPECT_EQ(all_lines(shell(x + "x; echo; echo short; " + x + "y")),
            (Lines{std::string(300'000, 'x'), "short", std::string(300'000, 'y')}));
}

TEST(ChildProcess, LinesMayBeMany) {
  Lines numbers;
  for (int i = 1; i <= 50'000; ++i) numbers.push_back(std::to_string(i));
  EXPECT_EQ(all_lines(shell("seq 1 50000")), numbers);
}

TEST(ChildProcess, WhatNobodyWantsGoesNowhere) {
  EXPECT_EQ(all_lines(shell("echo out; echo error >&2", Output::pipe, Output::nowhere)),
            Lines{"out"});
  EXPECT_EQ(all_lines(shell("echo out; echo error >&2", Output::nowhere, Output::pipe)),
            Lines{"error"});
}

TEST(ChildProcess, SaysHowItEnded) {
  ChildProcess failing(shell("exit 7"));
  EXPECT_EQ(failing.wait(), (Ending{.exit_code = 7}));
  EXPECT_EQ(failing.kill(), (Ending{.exit_code = 7}));
  ChildProcess killed(shell("kill -TERM $$"));
  EXPECT_EQ(killed.wait(), (Ending{.signal = SIGTERM}));
}

TEST(ChildProcess, CanBeStoppedAndKilled) {
  ChildProcess process(shell("echo up; exec sleep 1000"));
  EXPECT_EQ(process.read_line(), "up");
  EXPECT_TRUE(process.signal(SIGSTOP));
  EXPECT_TRUE(process.is_running());
  EXPECT_EQ(process.kill(), (Ending{.signal = SIGKILL}));
  EXPECT_FALSE(process.is_running());
  EXPECT_FALSE(process.signal(SIGCONT));
}

TEST(ChildProcess, AProgramThatIsNotThereIsNamed) {
  const auto start = [] { const ChildProcess process({.command = {"octet-is-no-program"}}); };
  try {
    start();
    FAIL() << "it was started";
  } catch (const std::system_error& error) {
    EXPECT_STREQ(error.what(), "cannot run octet-is-no-program: No such file or directory");
  }
  EXPECT_EQ(waitpid(-1, nullptr, WNOHANG), -1) << "a child was left behind";
}

TEST(ChildProcess, EndsWithTheObject) {
  pid_t pid = -1;
  {
    const ChildProcess process({.command = {"sleep", "1000"}});
    pid = process.pid();
    EXPECT_TRUE(is_there(pid));
  }
  EXPECT_FALSE(is_there(pid));
}

TEST(ChildProcess, EndsWithUs) {
  std::array<int, 2> ends{};
  ASSERT_EQ(pipe(ends.data()), 0);
  const pid_t parent = fork();
  if (parent == 0) {
    const ChildProcess process({.command = {"sleep", "1000"}});
    if (write(ends[1], "x", 1) == 1) pause();
    _exit(1);
  }
  close(ends[1]);  // from here on only those two hold this end
  char started = 0;
  EXPECT_EQ(read(ends[0], &started, 1), 1);
  ::kill(parent, SIGKILL);
  waitpid(parent, nullptr, 0);
  pollfd held{.fd = ends[0], .events = POLLIN, .revents = 0};
  constexpr int long_enough_ms = 60'000;  // who waits for it has found a mistake
  EXPECT_EQ(poll(&held, 1, long_enough_ms), 1) << "what it started lives on";
  close(ends[0]);
}

TEST(ChildProcess, MayHaveAGroupOfItsOwn) {
  const ChildProcess ours({.command = {"sleep", "1000"}});
  EXPECT_EQ(getpgid(ours.pid()), getpgrp());
  const ChildProcess own({.command = {"sleep", "1000"}, .own_group = true});
  EXPECT_EQ(getpgid(own.pid()), own.pid());
}

TEST(ChildProcess, IsPreparedBeforeTheProgram) {
  Launch launch = shell("umask");
  launch.prepare = [] { umask(0077); };
  EXPECT_EQ(all_lines(launch), Lines{"0077"});
}

}  // namespace
}  // namespace octet
