#pragma once

#include <cstddef>
#include <map>
#include <vector>

#include "graders/dsl/results.h"

namespace octet::grading {

/// Tells how far a run is: one line that updates on a terminal, else one line per finished part.
class Progress {
 public:
  explicit Progress(const std::vector<PlacedTest>& tests);
  ~Progress();  // clears the line

  void show(const PlacedTest& started);
  void finish(const TestResult& result);

 private:
  struct OfPart {
    int open = 0;
    int score = 0;
  };
  bool terminal_;
  std::size_t total_;
  std::size_t done_ = 0;
  std::map<const Part*, OfPart> parts_;
};

}  // namespace octet::grading
