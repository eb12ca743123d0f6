#include "tools/project/grades.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "tools/project/errors.h"

namespace octet::lab {

namespace {

/// What the tests have, of the core or of the challenges.
double sum(const Grade& tests, const char* what, bool challenge) {
  double total = 0;
  for (const Grade& test : tests) {
    if (test.value("challenge", false) == challenge) total += test.value(what, 0.0);
  }
  return total;
}

}  // namespace

Grade merged(Grade previous, const Grade& partial) {
  Grade& tests = previous["tests"];
  for (const Grade& test : partial.at("tests")) {
    const auto same = std::ranges::find_if(
        tests, [&](const Grade& other) { return other.at("name") == test.at("name"); });
    if (same == tests.end()) {
      tests.push_back(test);
    } else {
      *same = test;
    }
  }
  previous["score"] = sum(tests, "score", false);
  previous["max_score"] = sum(tests, "max_score", false);
  previous["bonus"] = sum(tests, "score", true);
  previous["stage_points"] = full_marks(partial);
  return previous;
}

double full_marks(const Grade& grade) {
  return grade.value("stage_points", 100.0);
}

std::vector<PartScore> part_scores(const Grade& grade) {
  std::vector<PartScore> parts;
  for (const Grade& test : grade.at("tests")) {
    const std::string id = test.at("part");
    auto part = std::ranges::find(parts, id, &PartScore::id);
    if (part == parts.end()) part = parts.insert(parts.end(), {.id = id});
    part->score += test.value("score", 0.0);
    part->max_score += test.value("max_score", 0.0);
  }
  return parts;
}

std::optional<Grade> Gradebook::last(int stage) const {
  return read_grade(file(stage));
}

std::optional<std::filesystem::file_time_type> Gradebook::saved_at(int stage) const {
  std::error_code missing;
  const auto time = std::filesystem::last_write_time(file(stage), missing);
  return missing ? std::nullopt : std::optional(time);
}

void Gradebook::save(int stage, const Grade& grade) const {
  std::filesystem::create_directories(folder_);
  const std::filesystem::path fresh = file(stage).string() + ".new";
  std::ofstream out(fresh);
  out << grade.dump(1) << '\n';
  out.close();
  if (!out) throw Failure(fmt::format("cannot write {}", fresh.string()));
  std::filesystem::rename(fresh, file(stage));
}

std::filesystem::path Gradebook::file(int stage) const {
  return folder_ / fmt::format("stage{}.json", stage);
}

std::optional<Grade> read_grade(const std::filesystem::path& file) {
  std::ifstream in(file);
  Grade grade = Grade::parse(in, nullptr, /*allow_exceptions=*/false);
  if (!grade.is_object() || !grade.contains("tests") || !grade["tests"].is_array()) return {};
  return grade;
}

}  // namespace octet::lab
