#include "tools/testing/table.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <string_view>
#include <utility>

namespace octet::selftest {
namespace {

std::size_t widest_name(const std::vector<Graded>& all) {
  std::size_t width = 0;
  for (const Graded& graded : all) {
    width = std::max(width, graded.name.size());
    for (const auto& run : graded.runs) {
      for (const TestScore& test : run.tests) width = std::max(width, test.name.size());
    }
  }
  return width;
}

std::string killers(const Graded& mutant) {
  if (!mutant.broken.empty()) return "-";
  const auto failing = mutant.always_fail();
  return failing.empty() ? "SURVIVES" : fmt::format("{}", fmt::join(failing, ", "));
}

std::string lowest_score(const Graded& graded) {
  double lowest = 0;
  double full = 0;
  for (const auto& run : graded.runs) {
    double score = 0;
    double max_score = 0;
    for (const TestScore& test : run.tests) {
      score += test.score;
      max_score += test.max_score;
    }
    lowest = full == 0 ? score : std::min(lowest, score);
    full = max_score;
  }
  return full == 0 ? "-" : fmt::format("{} of {}", lowest, full);
}

/// The columns of all three tables.
class Rows {
 public:
  explicit Rows(std::size_t width) : width_(width) {}

  void head(std::string_view name, std::string_view number, std::string_view text) {
    text_ += '\n';
    add(name, number, text);
  }
  void add(std::string_view name, std::string_view number, std::string_view text) {
    text_ += fmt::format("  {:<{}}  {:>7}  {}\n", name, width_, number, text);
  }
  std::string take() { return std::move(text_); }

 private:
  std::size_t width_;
  std::string text_;
};

bool has(const std::vector<Graded>& all, Graded::Kind kind) {
  return std::ranges::find(all, kind, &Graded::kind) != all.end();
}

void add_tests(Rows& rows, const Graded& reference, std::map<std::string, Kills> kills) {
  if (reference.runs.empty()) return;
  rows.head("graded test", "mutants", "only it kills");
  for (const TestScore& test : reference.runs.front().tests) {
    const Kills& of_test = kills[test.name];
    rows.add(test.name, std::to_string(of_test.mutants), fmt::format("{:>13}", of_test.alone));
  }
}

}  // namespace

std::string table(const std::vector<Graded>& all) {
  using Kind = Graded::Kind;
  Rows rows(widest_name(all));
  const auto section = [&](Kind kind, const char* title, const char* column, auto&& cell) {
    if (!has(all, kind)) return;
    rows.head(title, "seconds", column);
    for (const Graded& graded : all) {
      if (graded.kind != kind) continue;
      rows.add(graded.name, fmt::format("{:.1f}", graded.seconds), cell(graded));
    }
  };
  section(Kind::mutant, "mutant", "killed by", killers);
  section(Kind::alternative, "alternative", "score", lowest_score);
  section(Kind::reference, "solution", "score", lowest_score);
  for (const Graded& graded : all) {
    if (graded.kind == Kind::reference) add_tests(rows, graded, count_kills(all));
  }
  return rows.take();
}

}  // namespace octet::selftest
