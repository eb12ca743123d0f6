#pragma once

#include <string>
#include <vector>

namespace octet::grading {

/// A part of a stage: the test suites that make it up, and what they are worth together.
struct Part {
  std::string id;                   // "1a"
  std::string title;                // "Framing and echo"
  int points = 0;                   // what its graded tests add up to
  std::vector<std::string> suites;  // of GRADED_TEST
  bool challenge = false;           // bonus on top of the core's 100
};

struct Stage {
  int number = 0;
  std::string name;  // "sockets", as in the folder's name
  std::vector<Part> parts;
  bool whole = true;  // false while parts are still to come: the core is worth less than 100
};

/// What the core of every whole stage is worth.
inline constexpr int full_core = 100;

/// What the core parts that are there are worth.
int core_points(const Stage& stage);

/// The whole of a grader's main(): reads the command line, runs the graded tests, prints the
/// scorecard and writes the results files that were asked for.
/// Returns the exit status: 0 full core marks, 1 fewer, 2 unusable arguments.
int grade(const Stage& stage, int argc, char** argv);

}  // namespace octet::grading
