#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "tools/testing/check.h"

/// What the graders' results say about the graders: pure functions, no files, no processes.
namespace octet::selftest {

struct TestScore {
  std::string name;  // "Framing.OneByteAtATime"
  std::string part;  // "1a"
  double score = 0;
  double max_score = 0;
  std::string output = {};  // why it lost points
  bool challenge = false;   // its part is a bonus

  bool full() const { return score >= max_score; }
};

/// One solution, graded on one or more seeds.
struct Graded {
  enum class Kind { starter, reference, mutant, alternative };
  struct Run {
    std::uint64_t seed = 1;
    std::vector<TestScore> tests;
  };

  Kind kind = Kind::mutant;
  std::string name;
  std::vector<std::string> must_fail;  // of a mutant
  std::vector<Run> runs;
  std::string broken;  // why it could not be graded: "does not apply: ..."
  double seconds = 0;

  /// The tests that lose points on every seed: a mutant is noticed only by those.
  std::set<std::string> always_fail() const;
};

/// The starter scores 0 on every part, the reference and alternatives everything, on each seed;
/// a mutant fails what it names, on each seed.
Check judge(const Graded& graded);

/// Every graded test is failed by a mutant: one check for each test, in the reference's order.
Checks judge_tests(const std::vector<Graded>& all);

/// How many mutants fail a test.
struct Kills {
  std::size_t mutants = 0;
  std::size_t alone = 0;  // that no other test fails
};
std::map<std::string, Kills> count_kills(const std::vector<Graded>& all);

}  // namespace octet::selftest
