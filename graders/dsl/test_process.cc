#include "graders/dsl/test_process.h"

#include <cxxabi.h>
#include <fcntl.h>
#include <gtest/gtest.h>
#include <link.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <cstring>
#include <exception>
#include <memory>

#include "graders/dsl/crash_trace.h"
#include "graders/dsl/graded_test.h"
#include "graders/dsl/report.h"
#include "graders/dsl/sanitizers.h"
#include "graders/dsl/uncaught.h"

extern char** environ;

namespace octet::grading {

namespace {

TestOrder order_of_this_process;

/// Puts every failed expectation into the report; GoogleTest itself prints nothing.
class Recorder : public testing::EmptyTestEventListener {
  void OnTestPartResult(const testing::TestPartResult& result) override {
    if (result.passed()) return;
    std::string text = result.skipped() ? "the test was skipped: " : "";
    text += result.message();
    if (result.file_name() && *result.file_name() != '\0') {
      text +=
          "\nat " + std::string(result.file_name()) + ":" + std::to_string(result.line_number());
    }
    report()->failures.add().set(text);
  }
};

struct Watched {
  int descriptor = -1;
  const char* name = "";
  dev_t device = 0;
  ino_t inode = 0;
};

std::array<Watched, 4> watched{{{0, "standard input"},
                                {1, "standard output"},
                                {2, "standard error"},
                                {-1, "a descriptor of the grader's"}}};

void watch_descriptors() {
  watched.back().descriptor = open("/dev/null", O_RDONLY | O_CLOEXEC);
  for (Watched& each : watched) {
    struct stat now {};
    fstat(each.descriptor, &now);
    each.device = now.st_dev;
    each.inode = now.st_ino;
  }
}

/// GoogleTest takes orders from the environment too, which here would only do harm.
void clear_environment() {
  std::vector<std::string> names;
  for (char** entry = environ; *entry; ++entry) {
    const std::string_view text = *entry;
    if (text.starts_with("GTEST_")) names.emplace_back(text.substr(0, text.find('=')));
  }
  for (const std::string& name : names) unsetenv(name.c_str());
}

std::uintptr_t load_address() {
  std::uintptr_t address = 0;
  dl_iterate_phdr(
      [](dl_phdr_info* info, std::size_t, void* result) {
        *static_cast<std::uintptr_t*>(result) = info->dlpi_addr;
        return 1;  // the first is the program itself
      },
      &address);
  return address;
}

[[noreturn]] void note_uncaught_exception() {
  report()->uncaught.set(describe_current_exception());
  std::abort();
}

void run_with_googletest(const std::string& test) {
  int count = 1;
  std::string name = "grader";
  std::array<char*, 2> arguments{name.data(), nullptr};
  testing::InitGoogleTest(&count, arguments.data());
  testing::GTEST_FLAG(filter) = test;
  testing::TestEventListeners& listeners = testing::UnitTest::GetInstance()->listeners();
  delete listeners.Release(listeners.default_result_printer());
  listeners.Append(new Recorder);
  const int status = RUN_ALL_TESTS();
  if (status != 0 || testing::UnitTest::GetInstance()->test_to_run_count() == 1) return;
  report()->failures.add().set("there is no such test");
}

/// Sanitizers look for leaks and races at an ordinary exit. Everywhere else the process ends at
/// once: threads that still run would race with the destruction of globals.
[[noreturn]] void leave() {
  if (sanitized) std::exit(finished_exit);
  _exit(finished_exit);
}

}  // namespace

std::string lost_descriptors() {
  std::string lost;
  for (const Watched& each : watched) {
    struct stat now {};
    const bool same =
        fstat(each.descriptor, &now) == 0 && now.st_dev == each.device && now.st_ino == each.inode;
    if (!same) lost += (lost.empty() ? "" : ", ") + std::string(each.name);
  }
  return lost;
}

const TestOrder& current_order() {
  return order_of_this_process;
}

void run_in_this_process(const TestOrder& order) {
  order_of_this_process = order;
  int descriptor = order.report_descriptor;
  if (descriptor < 0) make_report(descriptor);
  attach_report(descriptor);
  report()->test_process = getpid();
  report()->load_address = load_address();
  clear_environment();
  watch_descriptors();
  install_crash_handlers();
  std::set_terminate(&note_uncaught_exception);

  run_with_googletest(order.test);

  // A fork of the test that returns from it as well must not speak for it.
  if (getpid() != report()->test_process) _exit(0);
  if (const std::string lost = lost_descriptors(); !lost.empty()) {
    report()->failures.add().set("closed or replaced " + lost + ", which was not its own to close");
  }
  report()->finished = true;
  leave();
}

}  // namespace octet::grading
