#include <fmt/format.h>

#include <algorithm>

#include "tools/project/grades.h"
#include "tools/project/terminal.h"
#include "tools/verbs/verb.h"

namespace octet::lab {
namespace {

namespace fs = std::filesystem;

void show(const StageFolder& stage, const std::optional<Grade>& grade) {
  if (!grade) {
    fmt::print("stage {}  {:<14} {}  not graded yet\n", stage.number, stage.name, bar(0, 1));
    return;
  }
  const double score = grade->value("score", 0.0);
  const double full = full_marks(*grade);
  fmt::print("stage {}  {:<14} {} {:>4} of {}\n", stage.number, stage.name, bar(score, full), score,
             full);
  for (const PartScore& part : part_scores(*grade)) {
    fmt::print("           part {:<9} {} {:>4} of {}\n", part.id, bar(part.score, part.max_score),
               part.score, part.max_score);
  }
}

bool is_complete(const Grade& grade) {
  return grade.value("score", 0.0) >= full_marks(grade);
}

/// Whether a file of the starter was written after it was graded.
bool is_outdated(const StageFolder& stage, const Gradebook& gradebook) {
  const auto graded = gradebook.saved_at(stage.number);
  const fs::path folder = stage.folder / name_of(Whose::starter);
  return graded && std::ranges::any_of(fs::directory_iterator(folder), [&](const auto& file) {
           return file.last_write_time() > *graded;
         });
}

std::string next_step(const StageFolder& stage, const std::optional<Grade>& grade) {
  const std::string folder = stage.folder.filename();
  if (!grade) {
    return fmt::format("read {0}/README.md, edit {0}/starter/, then: ./lab grade {1}", folder,
                       stage.number);
  }
  const auto parts = part_scores(*grade);
  const auto open = std::ranges::find_if(
      parts, [](const PartScore& part) { return part.score < part.max_score; });
  if (open == parts.end()) return fmt::format("./lab grade {}", stage.number);
  return fmt::format("part {0} has {1} of {2}: ./lab grade {3} --part {0}", open->id, open->score,
                     open->max_score, stage.number);
}

}  // namespace

int show_status(const Project& project) {
  const Gradebook gradebook(project);
  std::string next;
  for (const StageFolder& stage : project.stages()) {
    const auto grade = gradebook.last(stage.number);
    show(stage, grade);
    if (is_outdated(stage, gradebook)) fmt::print("           (your files are newer than that)\n");
    if (next.empty() && !(grade && is_complete(*grade))) next = next_step(stage, grade);
  }
  if (next.empty()) next = "every stage here has full marks";
  fmt::print("\nNext: {}\nEverything that lab can do: ./lab --help\n", next);
  return 0;
}

}  // namespace octet::lab
