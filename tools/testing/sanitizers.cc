#include <fmt/format.h>

#include "tools/project/build.h"
#include "tools/testing/grader.h"
#include "tools/testing/suite.h"

namespace octet::selftest {

namespace {

Checks check_preset(const Request& request, const std::string& preset) {
  Checks checks;
  for (const lab::StageFolder& stage : request.stages) {
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
