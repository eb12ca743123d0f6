#include "tools/project/grades.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

#include "tools/project/errors.h"

namespace octet::lab {

Grade merged(Grade previous, const Grade& partial) {
  Grade& tests = previous["tests"];
  for (const Grade& test : partial.at("tests")) {
    const auto same = std::ranges::find_if(
        tests, [&](const Grade& other) { return other.at("name") == test.at("name"); });
    if (same != tests.end()) {
      // The sums change by what this test changed by, so bonus points stay bonus points.
      const double gained = test.value("score", 0.0) - same->value("score", 0.0);
      const bool counts = !test.value("challenge", false);
      const char* sum = counts ? "score" : "bonus";
      previous[sum] = previous.value(sum, 0.0) + gained;
      *same = test;
    } else {
      tests.push_back(test);
      previous["score"] = previous.value("score", 0.0) + test.value("score", 0.0);
    }
  }
  return previous;
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
  const Grade grade = Grade::parse(in, nullptr, /*allow_exceptions=*/false);
  if (!grade.is_object() || !grade.contains("tests") || !grade["tests"].is_array()) return {};
  return grade;
}

}  // namespace octet::lab
