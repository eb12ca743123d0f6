#include "graders/dsl/results.h"

#include <fmt/format.h>
#include <algorithm>

namespace octet::grading {
namespace {

constexpr std::string_view not_written = "not written yet: ";
constexpr std::size_t printed_lines = 10;

std::string_view flag_of(std::string_view solution) {
  return solution == "reference" ? " --reference" : "";
}

struct Points {
  int score = 0;
  int max = 0;
};

Points points_of(const Results& results, bool challenge) {
  Points points;
  for (const TestResult& result : results.tests) {
    if (result.placed.part->challenge != challenge) continue;
    points.score += result.score();
    points.max += result.placed.test.points;
  }
  return points;
}

}  // namespace

int Results::score() const {
  return points_of(*this, false).score;
}

int Results::max_score() const {
  return points_of(*this, false).max;
}

int Results::bonus() const {
  return points_of(*this, true).score;
}

int Results::max_bonus() const {
  return points_of(*this, true).max;
}

bool Results::has_full_marks() const {
  const Points deciding = points_of(*this, only_challenges());
  return deciding.score == deciding.max;
}

std::string failure_text(const TestResult& result) {
  std::string text;
  for (const std::string& message : result.outcome.messages) text += message + "\n";
  for (const std::string& frame : result.outcome.trace) text += "  in " + frame + "\n";
  return text;
}

std::vector<std::string> numbered_story(const Outcome& outcome) {
  const std::vector<std::string>& story = outcome.story;
  std::vector<std::string> lines;
  std::size_t left_out = 0;
  for (std::size_t i = 0; i < story.size();) {
    if (i == Report::story_head && outcome.story_left_out > 0) {
      left_out = outcome.story_left_out;
      lines.push_back(fmt::format("     ... {} lines left out ...", left_out));
    }
    const std::size_t end = i < Report::story_head
                                ? std::min<std::size_t>(Report::story_head, story.size())
                                : story.size();
    std::size_t next = i + 1;
    while (next < end && story[next] == story[i]) ++next;
    const std::string times = next - i > 1 ? fmt::format(" ({} times)", next - i) : "";
    lines.push_back(fmt::format("{:4} {}{}", left_out + i + 1, story[i], times));
    i = next;
  }
  return lines;
}

std::string grade_command(const Results& results, std::string_view options) {
  return fmt::format("./lab grade {} {}{}", results.stage->number, options,
                     flag_of(results.solution));
}

std::string again_command(const Results& results, const TestResult& result) {
  return grade_command(results,
                       fmt::format("--test {} --seed {}", result.placed.name(), result.seed));
}

std::string replay_command(int stage, std::string_view solution, const TestOrder& order) {
  return fmt::format("./lab replay {} {} --seed {}{}", stage, order.test, order.seed,
                     flag_of(solution));
}

std::string missing_code(const TestResult& result) {
  for (const std::string& message : result.outcome.messages) {
    const std::size_t begin = message.find(not_written);
    if (begin == std::string::npos) continue;
    const std::size_t place = begin + not_written.size();
    return message.substr(place, message.find_first_of(" \n", place) - place);
  }
  return {};
}

std::string full_output(const Results& results, const TestResult& result) {
  std::string text = result.placed.test.claim + "\n";
  if (result.passed()) return text;
  text += failure_text(result);
  if (!result.outcome.story.empty()) text += "the story:\n";
  for (const std::string& line : numbered_story(result.outcome)) text += line + "\n";
  if (!result.outcome.printed.empty()) {
    text += fmt::format("it printed:\n{}\n", last_lines(result.outcome.printed, printed_lines));
  }
  return text + "run it again: " + again_command(results, result) + "\n";
}

}  // namespace octet::grading
