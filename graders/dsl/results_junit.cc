#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/results.h"
#include "runtime/untrusted_text.h"

namespace octet::grading {
namespace {

std::string test_case(const Results& results, const TestResult& result) {
  std::string text = fmt::format(R"(    <testcase classname="{}" name="{}" time="{:.3f}")",
                                 xml_escaped(result.placed.test.suite),
                                 xml_escaped(result.placed.test.name), result.outcome.seconds);
  if (result.passed()) return text + "/>\n";
  const std::string message =
      result.outcome.messages.empty() ? "" : result.outcome.messages.front();
  return text + fmt::format(">\n      <failure message=\"{}\">{}</failure>\n    </testcase>\n",
                            xml_escaped(message), xml_escaped(full_output(results, result)));
}

std::string test_suite(const Results& results, const Part& part) {
  std::string cases;
  int tests = 0;
  int failures = 0;
  for (const TestResult& result : results.tests) {
    if (result.placed.part != &part) continue;
    ++tests;
    failures += result.passed() ? 0 : 1;
    cases += test_case(results, result);
  }
  if (tests == 0) return {};
  return fmt::format("  <testsuite name=\"{}\" tests=\"{}\" failures=\"{}\">\n{}  </testsuite>\n",
                     xml_escaped(part.id + " " + part.title), tests, failures, cases);
}

}  // namespace

std::string to_junit(const Results& results) {
  const auto failures = std::count_if(results.tests.begin(), results.tests.end(),
                                      [](const TestResult& result) { return !result.passed(); });
  std::string text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";
  text += fmt::format("<testsuites name=\"stage {} {}\" tests=\"{}\" failures=\"{}\">\n",
                      results.stage->number, xml_escaped(results.stage->name), results.tests.size(),
                      failures);
  for (const Part& part : results.stage->parts) text += test_suite(results, part);
  return text + "</testsuites>\n";
}

}  // namespace octet::grading
