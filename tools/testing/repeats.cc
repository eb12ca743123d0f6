#include <fmt/format.h>

#include <fstream>
#include <iterator>
#include <map>

#include "runtime/temporary_folder.h"
#include "tools/project/build.h"
#include "tools/project/subprocess.h"
#include "tools/testing/suite.h"

namespace octet::selftest {
namespace {

namespace fs = std::filesystem;

/// The traces of a grader's runs, by the names of their files.
using Traces = std::map<std::string, std::string>;

Traces traces_of(const fs::path& program) {
  const TemporaryFolder folder;
  lab::capture({program, "--traces", folder.path(), "--keep-passing", "--jobs", "2"});
  Traces traces;
  for (const auto& entry : fs::directory_iterator(folder.path())) {
    std::ifstream in(entry.path(), std::ios::binary);
    traces[entry.path().filename()] = {std::istreambuf_iterator<char>(in), {}};
  }
  return traces;
}

Check compare(const std::string& name, const Traces& first, const Traces& second) {
  Check check{.what = fmt::format("two processes run {} to the same byte", name), .problem = {}};
  const bool is_same =
      first.contains(name) && second.contains(name) && first.at(name) == second.at(name);
  if (!is_same) check.problem = "its traces differ; look at both with ./lab view --compare";
  return check;
}

/// Of a stage of nodes.
bool has_worlds(const lab::StageFolder& stage) {
  std::ifstream in(stage.folder / "CMakeLists.txt");
  const std::string text{std::istreambuf_iterator<char>(in), {}};
  return text.find("WORLDS") != std::string::npos;
}

}  // namespace

Checks check_repeats(const Request& request) {
  Checks checks;
  for (const lab::StageFolder& stage : request.stages) {
    if (!has_worlds(stage)) continue;
    const fs::path program =
        lab::build_stage_program(request.project, stage, lab::Whose::reference,
                                 fmt::format("grade_{}_reference", stage.number));
    const Traces first = traces_of(program);
    const Traces second = traces_of(program);
    Traces all = first;
    all.insert(second.begin(), second.end());
    for (const auto& [name, bytes] : all) checks.push_back(compare(name, first, second));
    checks.push_back({.what = fmt::format("stage {} is graded in the simulator", stage.number),
                      .problem = all.empty() ? "its grader left no traces" : ""});
  }
  return checks;
}

}  // namespace octet::selftest
