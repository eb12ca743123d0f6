#include <fmt/format.h>

#include "tools/project/build.h"
#include "tools/project/errors.h"
#include "tools/project/subprocess.h"
#include "tools/testing/ctest_log.h"
#include "tools/testing/suite.h"

namespace octet::selftest {

Checks check_units(const Request& request) {
  lab::build(request.project, {.target = "all", .folder = "", .whose = "the tree"});
  CtestLog log;
  const std::string folder = lab::build_folder(request.project, "dev");
  const int status = lab::run_lines(
      {"ctest", "--test-dir", folder, "--output-on-failure", "--timeout", "120", "-j", "2"},
      [&](std::string_view line) { log.read(line); });
  if (log.checks().empty()) {
    throw lab::Failure(fmt::format("ctest ended with status {} and ran no test", status));
  }
  return log.checks();
}

}  // namespace octet::selftest
