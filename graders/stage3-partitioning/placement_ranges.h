#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graders/stage3-partitioning/placement_cases.h"

namespace octet::grading::placing {

using placement::Range;

/// As in ["a", "b") of node 3, epoch 4.
std::string text(const Range& range);

/// A RangeMap that is looked at after every call. What it says must be what this class knows; then
/// the ranges are half-open, cover everything and have the right owners. Epochs are left to
/// expect_later_epochs(). A call that does not do so ends the test.
class WatchedRanges {
 public:
  explicit WatchedRanges(NodeId first_owner);

  void split(std::string_view at, NodeId upper_owner);
  void merge(std::string_view at);
  void move(std::string_view begin, NodeId to);

  /// Each is in the one range that has it.
  void look_up(const std::vector<std::string>& keys) const;

  std::vector<Range> ranges() const { return map_->ranges(); }

 private:
  void expect_result(bool result, bool expected, const std::string& call) const;
  void expect_ranges(const std::string& after) const;

  std::unique_ptr<placement::AnyRangeMap> map_;
  std::map<std::string, NodeId> owners_;  // by where their ranges begin
};

/// After one change: what is another range than before has a later epoch than all ranges that were
/// in its place, and all others have the epochs that they had.
void expect_later_epochs(const std::vector<Range>& before, const std::vector<Range>& after,
                         const std::string& what);

}  // namespace octet::grading::placing
