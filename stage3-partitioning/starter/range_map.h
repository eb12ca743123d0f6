#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "stage3-partitioning/api/placement.h"

namespace octet::placement {

/// Keys in the order of their bytes, cut into ranges, each with an owner: as tablets are in
/// Bigtable (Chang et al. 2006, §5). Every key is in exactly one range, at all times (PT7).
///
/// Neighbours can be read together, which no hash allows; in return somebody has to look where the
/// keys are, and split, merge and move.
///
/// What comes of a change has a later epoch than all ranges that it was made of. So at any key an
/// epoch never comes again for another range. All that a change does not touch stays as it is.
class RangeMap {
 public:
  /// One range with all keys.
  explicit RangeMap(NodeId first_owner);

  Range range_of(std::string_view key) const;
  std::vector<Range> ranges() const;  // in order

  /// The range around `at` ends there, and a new one begins, which `upper_owner` gets. The part
  /// below stays where it was. False, and nothing happens, when a range begins at `at`.
  bool split(std::string_view at, NodeId upper_owner);

  /// The range that begins at `at` becomes part of the one below it, and belongs to that one's
  /// owner. False, and nothing happens, when none begins there, or none is below it.
  bool merge(std::string_view at);

  /// The range that begins at `begin` gets another owner. False, and nothing happens, when none
  /// begins there. True when it has that owner already; whether its epoch rises then is yours.
  bool move(std::string_view begin, NodeId to);

 private:
  // Your members.
};

}  // namespace octet::placement
