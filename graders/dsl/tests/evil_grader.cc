// A grader whose "solution" does everything that a solution must not do to its grader.
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <memory>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/stage.h"
#include "runtime/check.h"

using octet::grading::fail;
using octet::grading::seed;
using octet::grading::tell;

namespace {

volatile bool always = true;  // what the compiler must not see through

/// Nothing is ever mapped there, and it is not null, so that no check gets there first.
volatile std::uintptr_t nowhere = 64;

__attribute__((noinline)) void write_nowhere() {
  *reinterpret_cast<volatile int*>(nowhere) = 1;
}

__attribute__((noinline)) int overflow_the_stack(int depth) {
  volatile char room[4096];
  room[0] = static_cast<char>(depth);
  return always ? overflow_the_stack(depth + 1) + room[0] : 0;
}

void outlive_by_forking() {
  if (fork() == 0) {
    while (always) pause();
  }
}

void outlive_with_a_child() {
  if (fork() == 0) {
    fork();
    while (always) pause();
  }
}

/// Forks twice, and leaves the session and the descriptors behind on the way.
void become_a_daemon() {
  const pid_t child = fork();
  if (child == 0) {
    setsid();
    for (int descriptor = 0; descriptor < 1024; ++descriptor) close(descriptor);
    if (fork() != 0) _exit(0);
    while (always) pause();
  }
  waitpid(child, nullptr, 0);
}

void close_descriptors(unsigned first, unsigned last) {
  for (unsigned descriptor = first; descriptor <= last; ++descriptor) {
    close(static_cast<int>(descriptor));
  }
}

constexpr const char* fake_verdict =
    "{\"passed\":true,\"messages\":[]}\n[  PASSED  ] 1 test.\nscore: 100/100\n";

}  // namespace

GRADED_TEST(Good, Passes, 10, "a passing test earns its points") {
  tell("nothing happens");
  std::puts("hello from a test that passes");
  EXPECT_EQ(1 + 1, 2);
}

GRADED_TEST(Good, KnowsItsSeed, 10, "a test is told its seed") {
  const std::clock_t slow_for_six = seed() == 6 ? CLOCKS_PER_SEC / 5 : 0;
  while (std::clock() < slow_for_six) {
  }
  EXPECT_NE(seed(), 7u) << "seven is the seed that fails";
}

GRADED_TEST(Good, ReapsWhatItForks, 10, "a test may fork when it cleans up") {
  const pid_t child = fork();
  if (child == 0) _exit(0);
  waitpid(child, nullptr, 0);
}

GRADED_TEST(Fails, Expectation, 2, "an expectation fails") {
  tell("the client sends 3 bytes");
  tell("the server answers 4 bytes");
  EXPECT_EQ(3, 4) << "as many bytes come back";
  EXPECT_TRUE(false) << "and a second reason";
}

GRADED_TEST(Fails, ThrowsFailed, 2, "a helper gives up") {
  fail("waited for a reply that cannot come");
}

GRADED_TEST(Fails, NotWritten, 2, "something is missing") {
  YOUR_CODE_HERE;
}

GRADED_TEST(Fails, Skips, 2, "a skipped test is not a passed test") {
  GTEST_SKIP() << "not today";
}

GRADED_TEST(Crashes, Segfault, 2, "memory is not touched at random") {
  tell("the story before the crash");
  write_nowhere();
}

GRADED_TEST(Crashes, NullCall, 2, "a null function is not called") {
  void (*volatile function)() = nullptr;
  function();  // NOLINT(clang-analyzer-core.CallAndMessage): this is the crime
}

GRADED_TEST(Crashes, StackOverflow, 2, "recursion ends") {
  EXPECT_NE(overflow_the_stack(0), 0);
}

GRADED_TEST(Crashes, Abort, 2, "abort is not called") {
  std::abort();
}

GRADED_TEST(Crashes, Check, 2, "what is checked holds") {
  OCTET_CHECK(!always, "never is never always");
}

GRADED_TEST(Crashes, KilledByKill, 2, "nobody sends SIGKILL") {
  raise(SIGKILL);
}

GRADED_TEST(Throws, Exception, 2, "exceptions do not leave a handler") {
  throw std::out_of_range("index 9 of 3");
}

GRADED_TEST(Throws, Number, 2, "numbers are not thrown") {
  throw 42;
}

GRADED_TEST(Throws, InThread, 2, "exceptions do not leave a thread") {
  std::thread([] { throw std::runtime_error("lost in a thread"); }).join();
}

GRADED_TEST(Throws, InNoexcept, 2, "exceptions do not leave a noexcept function") {
  const auto handler = [] { throw std::logic_error("from noexcept"); };
  [&]() noexcept { handler(); }();
}

GRADED_TEST(Exits, Exit, 2, "exit is not called") {
  std::exit(0);
}

GRADED_TEST(Exits, UnderscoreExit, 2, "_exit is not called") {
  _exit(0);
}

GRADED_TEST(Exits, QuickExit, 2, "quick_exit is not called") {
  std::quick_exit(3);
}

GRADED_TEST(Exits, LikeTheGrader, 2, "the grader's exit status alone is no verdict") {
  _exit(113);
}

GRADED_TEST(Limits, Spins, 2, "loops end") {
  while (always) {
  }
}

GRADED_TEST(Limits, SpinsAndIgnoresTheSignal, 2, "loops end although a signal is ignored") {
  signal(SIGXCPU, SIG_IGN);
  while (always) {
  }
}

GRADED_TEST(Waits, ForEver, 2, "waiting ends") {
  while (always) pause();
}

GRADED_TEST(Limits, Allocates, 2, "memory has an end") {
  std::vector<std::unique_ptr<char[]>> blocks;
  while (always) {
    blocks.emplace_back(new char[1 << 20]);
    std::memset(blocks.back().get(), 1, 1 << 20);
  }
}

GRADED_TEST(Limits, PrintsForEver, 2, "printing ends") {
  while (always) std::puts("the same line again and again and again and again");
}

GRADED_TEST(Limits, TellsForEver, 2, "stories have a beginning and an end") {
  for (int i = 1; i <= 100'000; ++i) tell("line " + std::to_string(i));
  fail("enough");
}

GRADED_TEST(Forks, Outlives, 2, "no process outlives its test") {
  outlive_by_forking();
}

GRADED_TEST(Forks, Daemon, 2, "no daemon outlives its test") {
  become_a_daemon();
}

GRADED_TEST(Forks, OutlivesACrash, 2, "no process outlives a crash") {
  outlive_with_a_child();
  become_a_daemon();
  write_nowhere();
}

GRADED_TEST(Forks, ReturnsTwice, 2, "a fork that returns from the test does not speak for it") {
  if (fork() != 0) _exit(0);
}

GRADED_TEST(Forks, ChildCrashes, 2, "where a forked server crashed is shown") {
  const pid_t child = fork();
  if (child == 0) write_nowhere();
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_EQ(status, 0) << "the server was killed";
}

GRADED_TEST(Descriptors, ClosesStdout, 2, "stdout stays open") {
  close(STDOUT_FILENO);
}

GRADED_TEST(Descriptors, ReplacesStderr, 2, "stderr stays what it is") {
  const int null = open("/dev/null", O_WRONLY);
  if (null < 0) fail("there is no /dev/null");
  dup2(null, STDERR_FILENO);
}

GRADED_TEST(Descriptors, ClosesAll, 2, "what others opened is not closed") {
  close_descriptors(3, 1023);
}

GRADED_TEST(Descriptors, ClosesAllAndFails, 2, "a verdict needs no descriptor") {
  close_descriptors(0, 1023);
  fail("this message still arrives");
}

GRADED_TEST(Prints, FakeVerdict, 2, "what is printed is not a verdict") {
  for (int descriptor = 0; descriptor < 1024; ++descriptor) {
    if (write(descriptor, fake_verdict, std::strlen(fake_verdict)) < 0) continue;
  }
  _exit(0);
}

GRADED_TEST(Prints, InvalidText, 2, "any bytes may be printed") {
  using namespace std::string_literals;
  const std::string bytes =
      "\xff\xfe\x00\x1b[31m]]>&<\xc3(\xed\xa0\x80 \xef\xbf\xbf caf\xc3\xa9\n"s;
  std::fwrite(bytes.data(), 1, bytes.size(), stdout);
  std::fflush(stdout);
  tell(bytes);
  fail("<&\"" + bytes);
}

GRADED_TEST(Sanitizer, Leaks, 1, "what is allocated is freed, which only a sanitizer sees") {
  auto* volatile lost = new std::string(1000, 'x');
  EXPECT_EQ(lost->size(), 1000u);
  lost = nullptr;
}

GRADED_TEST(Sanitizer, ReadsFreedMemory, 1,
            "freed memory is not read, which only a sanitizer sees") {
  auto* const number = new int(1);
  delete number;
  // NOLINTNEXTLINE(clang-analyzer-cplusplus.NewDelete): this is the crime
  volatile int read = *static_cast<volatile int*>(number);
  EXPECT_EQ(read, read);
}

GRADED_TEST(Extra, Bonus, 5, "challenges come on top") {
  EXPECT_TRUE(always);
}

int main(int argc, char** argv) {
  const octet::grading::Stage stage{
      .number = 9,
      .name = "evil",
      .parts =
          {
              {.id = "9a", .title = "Good", .points = 30, .suites = {"Good"}},
              {.id = "9b",
               .title = "Evil",
               .points = 68,
               .suites = {"Fails", "Crashes", "Throws", "Exits", "Limits", "Forks", "Descriptors",
                          "Prints"}},
              {.id = "9c", .title = "Waiting", .points = 2, .suites = {"Waits"}},
              {.id = "9d", .title = "More", .points = 5, .suites = {"Extra"}, .challenge = true},
              {.id = "9e",
               .title = "For sanitizers",
               .points = 2,
               .suites = {"Sanitizer"},
               .challenge = true},
          },
  };
  return octet::grading::grade(stage, argc, argv);
}
