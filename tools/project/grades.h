#pragma once

#include <filesystem>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "tools/project/project.h"

namespace octet::lab {

/// A grader's results, as its --json writes them:
/// {"stage", "score", "max_score", "bonus", "stage_points", "tests": [{"name", "part", "score",
/// "max_score", ...}]}
using Grade = nlohmann::json;

/// The newer results of the tests that `partial` ran, the older ones of the others.
Grade merged(Grade previous, const Grade& partial);

/// What the core of the stage is worth: 100, or less while parts of the stage are still to come.
double full_marks(const Grade& grade);

/// What a part has of what it can have, over the tests that were graded.
struct PartScore {
  std::string id;
  double score = 0;
  double max_score = 0;
};
std::vector<PartScore> part_scores(const Grade& grade);

/// The last grades of the starter, one file per stage in .lab/grades/.
class Gradebook {
 public:
  explicit Gradebook(const Project& project) : folder_(project.state() / "grades") {}

  /// Nothing when the stage was never graded, or what was saved is not readable.
  std::optional<Grade> last(int stage) const;

  /// When the last grade of a stage was saved, if there is one.
  std::optional<std::filesystem::file_time_type> saved_at(int stage) const;

  /// Replaces the file in one step: an interruption leaves the old one.
  void save(int stage, const Grade& grade) const;

 private:
  std::filesystem::path file(int stage) const;

  std::filesystem::path folder_;
};

/// Reads a results file. Nothing when it is missing or not one.
std::optional<Grade> read_grade(const std::filesystem::path& file);

}  // namespace octet::lab
