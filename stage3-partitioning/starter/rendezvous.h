#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "stage3-partitioning/api/placement.h"

namespace octet::placement {

/// Rendezvous hashing (Thaler and Ravishankar 1998): every member has a score for the key, made of
/// both their hashes, and the highest one wins; of equal ones the ids decide (PT9). The others'
/// scores do not depend on who comes or goes, and so keys move only to who comes, and from who goes
/// (PT4).
///
/// With weights the score is -weight / ln(u), where u is the hash as a number strictly between 0
/// and 1 (Schindelhauer and Schomaker 2005): shares are then in proportion to the weights (PT6),
/// and a weight that rises moves keys to its member only.
class Rendezvous {
 public:
  explicit Rendezvous(Hash hash);

  void add(const Member& member);
  void remove(NodeId id);
  std::optional<NodeId> owner(std::string_view key) const;

  /// Those with the highest scores. A member who goes is missing in all lists; the others stay in
  /// the order in which they were.
  std::vector<NodeId> preference_list(std::string_view key, std::size_t nodes) const;

 private:
  // Your members.
};

}  // namespace octet::placement
