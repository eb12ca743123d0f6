#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "stage3-partitioning/api/placement.h"

namespace octet::placement {

/// The bucket of a hash, 0 ... buckets - 1, after Lamping and Veach (2014). All of its 64 bits
/// count. `buckets` is above 0 and may be any such number: the work grows with its logarithm.
///
/// With one bucket more, the new last one gets its share, from all others alike, and nothing else
/// moves (PT8).
std::uint32_t jump_bucket(std::uint64_t hash, std::uint32_t buckets);

/// Nodes in the order in which they were added; a key belongs to that in its bucket. There are no
/// tokens to keep. Its price: only the last node can go, for all behind another would get new
/// numbers, and most keys would move (PT4, PT8). So here the order counts: the same nodes in the
/// same order are the same placement (PT1).
class JumpPlacement {
 public:
  explicit JumpPlacement(Hash hash);

  /// At the end. A node that is there stays where it is.
  void add(NodeId id);

  /// False, and nothing happens, unless this is the last one.
  bool remove(NodeId id);

  std::optional<NodeId> owner(std::string_view key) const;  // none if there are no nodes

 private:
  // Your members.
};

}  // namespace octet::placement
