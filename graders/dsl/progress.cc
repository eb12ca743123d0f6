#include "graders/dsl/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

namespace octet::grading {
namespace {

constexpr auto clear_line = "\r\x1b[K";

}  // namespace

Progress::Progress(const std::vector<PlacedTest>& tests)
    : terminal_(isatty(STDERR_FILENO) != 0), total_(tests.size()) {
  for (const PlacedTest& placed : tests) ++parts_[placed.part].open;
}

Progress::~Progress() {
  if (terminal_) fmt::print(stderr, "{}", clear_line);
}

void Progress::show(const PlacedTest& started) {
  if (terminal_) fmt::print(stderr, "{}[{}/{}] {}", clear_line, done_, total_, started.name());
}

void Progress::finish(const TestResult& result) {
  ++done_;
  OfPart& part = parts_[result.placed.part];
  part.score += result.score();
  if (--part.open > 0 || terminal_) return;
  fmt::print(stderr, "part {} done, {} of {} tests so far\n", result.placed.part->id, done_,
             total_);
}

}  // namespace octet::grading
