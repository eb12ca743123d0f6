#include <fmt/format.h>

#include "tools/project/build.h"
#include "tools/project/errors.h"
#include "tools/project/subprocess.h"
#include "tools/testing/ctest_log.h"
#include "tools/testing/suite.h"

namespace octet::selftest {
namespace {

/// `choice` and `pattern` are an option of ctest that takes tests in or leaves them out.
Checks run_ctest(const Request& request, const char* choice, const char* pattern) {
  lab::build(request.project, {.target = "all", .folder = "", .whose = "the tree"});
  CtestLog log;
  const std::string folder = lab::build_folder(request.project, "dev");
  const int status = lab::run_lines({"ctest", "--test-dir", folder, "--output-on-failure",
                                     "--timeout", "300", "-j", "2", choice, pattern},
                                    [&](std::string_view line) { log.read(line); });
  for (const std::string& name : log.skipped()) fmt::print("  skipped: {}\n", name);
  if (log.checks().empty() && log.skipped().empty()) {
    throw lab::Failure(fmt::format("ctest ended with status {} and ran no test", status));
  }
  return log.checks();
}

}  // namespace

Checks check_units(const Request& request) {
  return run_ctest(request, "--exclude-regex", "^fuzz[.]");
}

Checks check_fuzz(const Request& request) {
  return run_ctest(request, "--tests-regex", "^fuzz[.]");
}

}  // namespace octet::selftest
