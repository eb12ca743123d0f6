#include <fmt/format.h>

#include "tools/project/build.h"
#include "tools/project/subprocess.h"
#include "tools/testing/grader.h"
#include "tools/testing/suite.h"

namespace octet::selftest {

namespace {

/// The worlds of nodes have threads, files and clever memory of their own.
Check check_runtime(const Request& request, const std::string& preset) {
  lab::build(
      request.project,
      {.preset = preset, .target = "runtime_test", .folder = "runtime/", .whose = "the runtime"});
  const auto program =
      lab::build_folder(request.project, preset) / "runtime" / "tests" / "runtime_test";
  const lab::Captured tests = lab::capture({program, "--gtest_brief=1"});
  return {fmt::format("the runtime's tests pass under {}", preset),
          tests.status == 0 ? "" : tests.output};
}

Checks check_preset(const Request& request, const std::string& preset) {
  Checks checks;
  checks.push_back(check_runtime(request, preset));
  for (const lab::StageFolder& stage : request.stages) {
    if (preset == "tsan" && lab::is_of_nodes(stage)) continue;  // there is one thread
    Graded graded;
    graded.kind = Graded::Kind::reference;
    graded.name = "reference";
    const auto program =
        lab::build_stage_program(request.project, stage, lab::Whose::reference,
                                 fmt::format("grade_{}_reference", stage.number), preset);
    run_grader(program, {.jobs = 2}, graded);
    Check check = judge(graded);
    check.what += fmt::format(" under {}, stage {}", preset, stage.number);
    fmt::print("  {}: {:.1f} s\n", check.what, graded.seconds);
    checks.push_back(std::move(check));
  }
  return checks;
}

}  // namespace

Checks check_asan(const Request& request) {
  return check_preset(request, "asan");
}

Checks check_tsan(const Request& request) {
  return check_preset(request, "tsan");
}

}  // namespace octet::selftest
