#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "graders/dsl/outcome.h"
#include "graders/dsl/registry.h"

namespace octet::grading {

/// One graded test after all of its seeds.
struct TestResult {
  PlacedTest placed;
  std::uint64_t seed = 1;  // the first seed that failed, else the first
  std::uint64_t seeds_run = 0;
  Outcome outcome;  // with that seed
  bool passed() const { return outcome.passed; }
  int score() const { return passed() ? placed.test.points : 0; }
};

struct Results {
  const Stage* stage = nullptr;
  std::string solution;
  std::vector<TestResult> tests;  // in the stage's order

  int score() const;      // of core parts
  int max_score() const;  // of the core tests that were selected
  int bonus() const;      // of challenge parts
  int max_bonus() const;

  /// Somebody asked for challenges alone: then they decide, else they only add.
  bool only_challenges() const { return max_score() == 0; }
  bool has_full_marks() const;
};

/// Why a test failed, without its story: what the results files call "output".
std::string failure_text(const TestResult& result);

/// The story as numbered lines, which say where lines were left out. Equal lines in a row are one.
std::vector<std::string> numbered_story(const Outcome& outcome);

/// The command that grades the same solution with these options.
std::string grade_command(const Results& results, std::string_view options);

/// The one command that runs a test again.
std::string again_command(const Results& results, const TestResult& result);

/// The one that tells a run in the simulator step by step.
std::string replay_command(int stage, std::string_view solution, const TestOrder& order);

/// Where code is still missing ("stage1-sockets/starter/frame_codec.cc:12"), if that is why the
/// test failed.
std::string missing_code(const TestResult& result);

/// Messages, trace, story, what was printed, and the command: everything, as plain text.
std::string full_output(const Results& results, const TestResult& result);

std::string to_json(const Results& results);
std::string to_junit(const Results& results);
std::string to_gradescope(const Results& results);

}  // namespace octet::grading
