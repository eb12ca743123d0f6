#include "graders/dsl/scorecard.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace octet::grading {
namespace {

constexpr int bar_width = 20;
constexpr std::size_t printed_lines = 10;
constexpr std::size_t story_lines = 60;

class Paint {
 public:
  explicit Paint(bool colour) : colour_(colour) {}
  std::string good(std::string_view text) const { return in("32", text); }
  std::string bad(std::string_view text) const { return in("31", text); }
  std::string strong(std::string_view text) const { return in("1", text); }
  std::string faint(std::string_view text) const { return in("2", text); }

 private:
  std::string in(std::string_view code, std::string_view text) const {
    return colour_ ? fmt::format("\x1b[{}m{}\x1b[0m", code, text) : std::string(text);
  }
  bool colour_;
};

struct Points {
  int score = 0;
  int max = 0;
};

Points points_in(const Results& results, const Part& part) {
  Points points;
  for (const TestResult& result : results.tests) {
    if (result.placed.part != &part) continue;
    points.score += result.score();
    points.max += result.placed.test.points;
  }
  return points;
}

std::string bar(Points points) {
  const int filled = bar_width * points.score / points.max;
  std::string text;
  for (int i = 0; i < bar_width; ++i) text += i < filled ? '#' : '.';
  return text;
}

std::string parts_table(const Results& results, const Paint& paint) {
  std::string text;
  std::size_t width = 0;
  for (const TestResult& result : results.tests) {
    width = std::max(width, result.placed.part->title.size());
  }
  for (const Part& part : results.stage->parts) {
    const Points points = points_in(results, part);
    if (points.max == 0) continue;
    const std::string drawn = bar(points);
    text += fmt::format("  {:3} {:{}}  {} {:3}/{}{}\n", part.id, part.title, width,
                        points.score == points.max ? paint.good(drawn) : drawn, points.score,
                        points.max, part.challenge ? "  challenge" : "");
  }
  return text;
}

/// Challenges are nobody's duty: what they lack is told to those who ask for them.
bool is_told(const Results& results, const TestResult& result) {
  return !result.passed() && (results.only_challenges() || !result.placed.part->challenge);
}

std::string where_challenges_are_told(const Results& results, const Paint& paint) {
  std::string parts;
  for (const Part& part : results.stage->parts) {
    const Points points = points_in(results, part);
    if (part.challenge && points.score < points.max) parts += " --part " + part.id;
  }
  if (parts.empty() || results.only_challenges()) return {};
  return "\n" + paint.faint("what challenges lack: " + grade_command(results, parts.substr(1))) +
         "\n";
}

std::string indented(std::string_view text, std::string_view by) {
  std::string result;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    result += fmt::format("{}{}\n", by, text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return result;
}

std::string story_block(const TestResult& result) {
  const std::vector<std::string> lines = numbered_story(result.outcome);
  if (lines.empty()) return {};
  std::string text = "    the story:\n";
  const std::size_t skipped = lines.size() > story_lines ? lines.size() - story_lines : 0;
  if (skipped > 0) text += fmt::format("      ... {} earlier lines, see --json ...\n", skipped);
  for (std::size_t i = skipped; i < lines.size(); ++i) text += fmt::format("      {}\n", lines[i]);
  return text;
}

std::string failed_test(const Results& results, const TestResult& result, const Paint& paint) {
  std::string text =
      fmt::format("\n{}  0/{}  part {}\n", paint.bad("FAILED " + result.placed.name()),
                  result.placed.test.points, result.placed.part->id);
  text += fmt::format("    {}\n", paint.strong(result.placed.test.claim));
  text += indented(failure_text(result), "    ");
  text += story_block(result);
  if (!result.outcome.printed.empty()) {
    text += "    it printed:\n";
    text += indented(last_lines(result.outcome.printed, printed_lines), "      ");
  }
  if (const std::string& file = result.outcome.trace_file; !file.empty()) {
    text += fmt::format("    look: ./lab view {}\n    replay: {}\n", file,
                        replay_command(results.stage->number, results.solution,
                                       {.test = result.placed.name(), .seed = result.seed}));
  }
  return text + fmt::format("    again: {}\n", again_command(results, result));
}

/// One line per place where code is missing, instead of one block per test that needs it.
std::string missing_places(const Results& results, const Paint& paint) {
  std::vector<std::string> places;
  std::map<std::string, std::string> tests;
  for (const TestResult& result : results.tests) {
    const std::string place = missing_code(result);
    if (place.empty() || !is_told(results, result)) continue;
    if (tests[place].empty()) places.push_back(place);
    tests[place] += " " + result.placed.name();
  }
  std::string text;
  for (const std::string& place : places) {
    text += fmt::format("  {} {}\n", place, paint.faint("for" + tests[place]));
  }
  return text.empty() ? text : "\nNot written yet:\n" + text;
}

bool is_untouched(const Results& results) {
  return std::all_of(results.tests.begin(), results.tests.end(),
                     [](const TestResult& result) { return !missing_code(result).empty(); });
}

std::string where_to_begin(const Results& results) {
  return fmt::format(
      "\nNothing is written yet, so this is where you begin:\n"
      "  read  stage{0}-{1}/README.md\n"
      "  edit  {2}\n"
      "  then  {3}\n",
      results.stage->number, results.stage->name, missing_code(results.tests.front()),
      again_command(results, results.tests.front()));
}

/// Whoever reads a score has to know that it is not of 100.
std::string missing_parts(const Stage& stage, const Paint& paint) {
  if (stage.whole) return {};
  return paint.faint(fmt::format("  {} of the stage's {} points are there yet; more parts follow",
                                 core_points(stage), full_core)) +
         "\n";
}

std::string total(const Results& results, const Paint& paint) {
  std::string text = results.only_challenges()
                         ? fmt::format("bonus: {}/{}", results.bonus(), results.max_bonus())
                         : fmt::format("score: {}/{}", results.score(), results.max_score());
  if (!results.only_challenges() && results.bonus() > 0) {
    text += fmt::format(" + {} bonus", results.bonus());
  }
  return "\n" + (results.has_full_marks() ? paint.good(text) : paint.strong(text)) + "\n";
}

}  // namespace

std::string scorecard(const Results& results, ScorecardStyle style) {
  const Paint paint(style.colour);
  std::string text = paint.strong(fmt::format("Stage {}: {}, {}", results.stage->number,
                                              results.stage->name, results.solution)) +
                     "\n" + parts_table(results, paint) + missing_parts(*results.stage, paint);
  if (!results.tests.empty() && is_untouched(results)) {
    return text + where_to_begin(results) + total(results, paint);
  }
  for (const TestResult& result : results.tests) {
    if (!is_told(results, result) || !missing_code(result).empty()) continue;
    text += failed_test(results, result, paint);
  }
  return text + missing_places(results, paint) + where_challenges_are_told(results, paint) +
         total(results, paint);
}

std::string listing(const std::vector<PlacedTest>& tests) {
  std::size_t width = 0;
  for (const PlacedTest& placed : tests) width = std::max(width, placed.name().size());
  std::string text;
  for (const PlacedTest& placed : tests) {
    text += fmt::format("{:3} {:3}  {:{}}  {}\n", placed.part->id, placed.test.points,
                        placed.name(), width, placed.test.claim);
  }
  return text;
}

}  // namespace octet::grading
