#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "stage3-partitioning/api/placement.h"

namespace octet::placement {

/// Consistent hashing (Karger et al. 1997, §4). The hashes are points on a ring, on which 0 comes
/// after the greatest. Every member has *tokens* there, as many as `tokens` times its weight
/// (Dynamo, §4.2), and a key belongs to the next token. So who comes takes keys from others and
/// moves none between them, and who goes leaves its keys to others; so with a change of weight
/// (PT4). The more tokens, the more even are the shares (PT3).
///
/// Tokens may lie at one point. Then the ids decide, and nobody's token gets lost (PT9).
class HashRing {
 public:
  /// `tokens` for a weight of 1; above 0.
  HashRing(Hash hash, std::uint32_t tokens);

  void add(const Member& member);
  void remove(NodeId id);
  std::optional<NodeId> owner(std::string_view key) const;

  /// The next nodes on the way around the ring. A member who goes is missing in all lists; the
  /// others stay in the order in which they were.
  std::vector<NodeId> preference_list(std::string_view key, std::size_t nodes) const;

 private:
  // Your members.
};

}  // namespace octet::placement
