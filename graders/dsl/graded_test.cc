#include "graders/dsl/graded_test.h"

#include <utility>

#include "graders/dsl/report.h"
#include "graders/dsl/uncaught.h"
#include "runtime/check.h"

namespace octet::grading {
namespace {

std::uint64_t current_seed = 1;

}  // namespace

std::vector<GradedTest>& graded_tests() {
  static std::vector<GradedTest> tests;
  return tests;
}

std::uint64_t seed() {
  return current_seed;
}

void tell(std::string line) {
  if (Report* const mine = report()) mine->story.add().set(line);
}

void fail(std::string message) {
  throw Failed(message);
}

namespace detail {

void set_seed(std::uint64_t seed) {
  current_seed = seed;
}

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
