#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <set>

#include "tools/project/build.h"
#include "tools/project/errors.h"
#include "tools/project/parallel.h"
#include "tools/project/subprocess.h"
#include "tools/project/terminal.h"
#include "tools/testing/build_log.h"
#include "tools/testing/grader.h"
#include "tools/testing/patch.h"
#include "tools/testing/reach.h"
#include "tools/testing/suite.h"
#include "tools/testing/table.h"

namespace octet::selftest {
namespace {

namespace fs = std::filesystem;

struct Variant {
  std::string program;
  Graded graded;
  std::vector<std::string> tests = {};  // to grade it with; all when there are none
};

fs::path stage_build(const Request& request, const lab::StageFolder& stage) {
  return lab::build_folder(request.project, "dev") / stage.folder.filename();
}

std::vector<Variant> find_variants(const lab::StageFolder& stage,
                                   const std::vector<Patch>& patches) {
  std::vector<Variant> variants;
  for (const Patch& patch : patches) {
    Graded graded;
    graded.kind = patch.mutant ? Graded::Kind::mutant : Graded::Kind::alternative;
    graded.name = patch.name;
    graded.must_fail = patch.head.must_fail;
    variants.push_back({patch.program(stage.number), std::move(graded)});
  }
  return variants;
}

Variant solution(const lab::StageFolder& stage, Graded::Kind kind, const std::string& name) {
  Graded graded;
  graded.kind = kind;
  graded.name = name;
  return {fmt::format("grade_{}_{}", stage.number, name), std::move(graded)};
}

/// Builds what can be built; the others are marked as broken.
void build_variants(const Request& request, const lab::StageFolder& stage,
                    std::vector<Variant>& variants) {
  const fs::path folder = lab::build_folder(request.project, "dev");
  lab::Command command = {"cmake", "--build", folder, "--target"};
  for (const Variant& variant : variants) command.push_back(variant.program);
  command.insert(command.end(), {"--", "-k", "0"});

  BuildLog log;
  lab::Progress progress(fmt::format("building {} variants", variants.size()));
  lab::run_lines(command, [&](std::string_view line) {
    log.read(line);
    int done = 0;
    int total = 0;
    const std::string text(line);
    if (std::sscanf(text.c_str(), "[%d/%d]", &done, &total) == 2) progress.at(done, total);
  });
  if (!log.other_error().empty()) throw lab::Failure(log.other_error());
  for (Variant& variant : variants) {
    const auto failed = log.failed().find(variant.program);
    if (failed != log.failed().end()) {
      variant.graded.broken = failed->second;
    } else if (!fs::exists(stage_build(request, stage) / variant.program)) {
      variant.graded.broken = "touches no file of reference/";
    }
  }
}

/// Of the tests that a mutant names, those that there are.
std::vector<std::string> named_tests(const Graded& mutant, const std::vector<std::string>& tests) {
  std::vector<std::string> named;
  std::ranges::copy_if(mutant.must_fail, std::back_inserter(named), [&](const std::string& name) {
    return std::ranges::find(tests, name) != tests.end();
  });
  return named;
}

/// Leaves to each mutant the tests that it names, and to each alternative those that can notice it.
void choose_tests(const Request& request, const lab::StageFolder& stage, const Graded& reference,
                  std::vector<Variant>& variants) {
  if (request.every_test || reference.runs.empty()) return;
  std::vector<std::string> tests;
  for (const TestScore& test : reference.runs.front().tests) tests.push_back(test.name);
  const fs::path folder = stage_build(request, stage);
  const std::vector<ObjectFile> objects = read_objects(folder, stage.number);
  for (Variant& variant : variants) {
    if (!variant.graded.broken.empty()) continue;
    variant.tests = named_tests(variant.graded, tests);
    if (!variant.tests.empty()) continue;
    variant.tests = tests_that_reach(objects, tests, folder, variant.program);
    if (variant.tests.empty()) variant.graded.broken = "no graded test calls what it changes";
  }
}

/// More tests at a time than there are cores: a good part of a test is waiting. A stage that is
/// still being written may have mutants before its points add up.
void grade(const Request& request, const lab::StageFolder& stage, std::vector<Variant>& variants) {
  const fs::path folder = stage_build(request, stage);
  lab::Progress progress(fmt::format("grading {} variants", variants.size()));
  std::mutex reporting;
  int done = 0;
  lab::on_all_cores(variants.size(), [&](std::size_t i) {
    Variant& variant = variants[i];
    const GraderOptions options{
        .seeds = std::max(1, request.seeds), .jobs = 4, .draft = true, .tests = variant.tests};
    if (variant.graded.broken.empty()) {
      run_grader(folder / variant.program, options, variant.graded);
    }
    const std::lock_guard lock(reporting);
    progress.at(++done, static_cast<int>(variants.size()));
  });
}

nlohmann::json to_json(const lab::StageFolder& stage, const std::vector<Graded>& all) {
  nlohmann::json json = {{"stage", stage.number}, {"variants", nlohmann::json::array()}};
  for (const Graded& graded : all) {
    json["variants"].push_back({{"name", graded.name},
                                {"mutant", graded.kind == Graded::Kind::mutant},
                                {"failed", graded.always_fail()},
                                {"seconds", graded.seconds},
                                {"problem", judge(graded).problem}});
  }
  json["tests"] = nlohmann::json::array();
  for (const auto& [name, kills] : count_kills(all)) {
    json["tests"].push_back({{"name", name}, {"mutants", kills.mutants}, {"alone", kills.alone}});
  }
  return json;
}

void write_json(const std::string& file, const nlohmann::json& json) {
  std::ofstream out(file);
  out << json.dump(2) << '\n';
  if (!out.flush()) throw lab::Failure(fmt::format("cannot write {}", file));
}

std::vector<Graded> grade_stage(const Request& request, const lab::StageFolder& stage,
                                const std::vector<Patch>& patches) {
  std::vector<Variant> variants = find_variants(stage, patches);
  if (variants.empty()) return {};
  for (const lab::Whose whose : {lab::Whose::starter, lab::Whose::reference}) {
    lab::build_stage_program(request.project, stage, whose,
                             fmt::format("grade_{}_{}", stage.number, lab::name_of(whose)));
  }
  build_variants(request, stage, variants);
  std::vector<Variant> solutions = {solution(stage, Graded::Kind::reference, "reference"),
                                    solution(stage, Graded::Kind::starter, "starter")};
  grade(request, stage, solutions);
  choose_tests(request, stage, solutions.front().graded, variants);
  grade(request, stage, variants);
  std::ranges::move(solutions, std::back_inserter(variants));

  std::vector<Graded> all;
  for (Variant& variant : variants) all.push_back(std::move(variant.graded));
  return all;
}

/// What can be said of patches without building them: each applies, and each graded test is named
/// by one.
Checks check_patches(const lab::StageFolder& stage, const std::vector<Graded>& all) {
  Checks checks;
  std::set<std::string> named;
  for (const Patch& patch : read_patches(stage.folder)) {
    const char* const folder = patch.mutant ? "mutants" : "alternatives";
    const fs::path file = stage.folder / folder / (patch.name + ".patch");
    const lab::Captured git =
        lab::capture({"git", "-C", stage.folder.parent_path(), "apply", "--check", file});
    checks.push_back({.what = fmt::format("{} applies to the reference", patch.name),
                      .problem = git.status == 0 ? "" : git.output});
    named.insert(patch.head.must_fail.begin(), patch.head.must_fail.end());
  }
  const auto reference = std::ranges::find(all, Graded::Kind::reference, &Graded::kind);
  if (reference == all.end() || reference->runs.empty()) return checks;
  for (const TestScore& test : reference->runs.front().tests) {
    checks.push_back({.what = fmt::format("graded test {} is named by a mutant", test.name),
                      .problem = named.contains(test.name) ? "" : "write one, or drop the test"});
  }
  return checks;
}

/// So the table does not count mutants for each test: too few are there.
std::vector<Graded> without_reference(std::vector<Graded> all) {
  std::erase_if(all, [](const Graded& graded) { return graded.kind == Graded::Kind::reference; });
  return all;
}

std::vector<Patch> choose_patches(const Request& request, const lab::StageFolder& stage) {
  std::vector<Patch> patches = read_patches(stage.folder);
  std::erase_if(patches, [&](const Patch& patch) {
    return patch.name.find(request.only) == std::string::npos;
  });
  return request.quick ? few_of(patches) : patches;
}

}  // namespace

Checks check_mutants(const Request& request) {
  Checks checks;
  nlohmann::json json = nlohmann::json::array();
  for (const lab::StageFolder& stage : request.stages) {
    const std::vector<Graded> all = grade_stage(request, stage, choose_patches(request, stage));
    for (const Graded& graded : all) checks.push_back(judge(graded));
    if (request.quick) {
      fmt::print("{}\n", table(without_reference(all)));
      std::ranges::move(check_patches(stage, all), std::back_inserter(checks));
    } else {
      fmt::print("{}\n", table(all));
      if (request.only.empty()) std::ranges::move(judge_tests(all), std::back_inserter(checks));
    }
    json.push_back(to_json(stage, all));
  }
  if (!request.json.empty()) write_json(request.json, json);
  return checks;
}

}  // namespace octet::selftest
