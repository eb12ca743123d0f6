#include <fmt/format.h>

#include <algorithm>

#include "tools/project/build.h"
#include "tools/testing/grader.h"
#include "tools/testing/suite.h"

namespace octet::selftest {
namespace {

constexpr int usual_seeds = 3;
constexpr int jobs = 2;

Check check_solution(const Request& request, const lab::StageFolder& stage, lab::Whose whose) {
  const std::string name = lab::name_of(whose);
  Graded graded;
  graded.name = name;
  graded.kind = whose == lab::Whose::starter ? Graded::Kind::starter : Graded::Kind::reference;
  const auto program = lab::build_stage_program(request.project, stage, whose,
                                                fmt::format("grade_{}_{}", stage.number, name));
  const int usual = request.quick ? 1 : usual_seeds;
  const int seeds = request.seeds > 0 ? request.seeds : usual;
  run_grader(program, {.seeds = seeds, .jobs = jobs}, graded);
  Check check = judge(graded);
  check.what += fmt::format(", stage {}", stage.number);
  fmt::print("  {}: {:.1f} s\n", check.what, graded.seconds);
  return check;
}

}  // namespace

Checks check_grades(const Request& request) {
  Checks checks;
  for (const lab::StageFolder& stage : request.stages) {
    checks.push_back(check_solution(request, stage, lab::Whose::starter));
    checks.push_back(check_solution(request, stage, lab::Whose::reference));
  }
  return checks;
}

}  // namespace octet::selftest
