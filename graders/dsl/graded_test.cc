#include "graders/dsl/graded_test.h"

#include <utility>

#include "graders/dsl/report.h"
#include "graders/dsl/test_process.h"
#include "graders/dsl/uncaught.h"
#include "runtime/check.h"

namespace octet::grading {
namespace {

TellsInstead::Listener listener_of_tells;

}  // namespace

std::vector<GradedTest>& graded_tests() {
  static std::vector<GradedTest> tests;
  return tests;
}

std::uint64_t seed() {
  return current_order().seed;
}

void tell(std::string line) {
  if (listener_of_tells) return listener_of_tells(line);
  if (Report* const mine = report()) mine->story.add().set(line);
}

TellsInstead::TellsInstead(Listener listener)
    : before_(std::exchange(listener_of_tells, std::move(listener))) {}

TellsInstead::~TellsInstead() {
  listener_of_tells = std::move(before_);
}

void fail(std::string message) {
  throw Failed(message);
}

namespace detail {

Registration::Registration(GradedTest test) {
  graded_tests().push_back(std::move(test));
}

void run_body(void (*body)(), const char* file, int line) {
  try {
    body();
  } catch (const Failed& failed) {
    ADD_FAILURE_AT(file, line) << failed.what();
  } catch (const NotWritten& unwritten) {
    ADD_FAILURE_AT(file, line) << unwritten.what();
  } catch (...) {
    ADD_FAILURE_AT(file, line) << describe_current_exception();
  }
}

}  // namespace detail

}  // namespace octet::grading
