#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <vector>

#include "stage3-partitioning/api/placement.h"

namespace octet::placement {

/// The remainder decides: of n members, in the order of their ids, a key belongs to number
/// hash(key) % n, counted from 0. Weights do not count here. A preference list goes on with
/// whomever you like, the same at every process. It is here to show why others exist: with one
/// member more or less nearly all keys move.
class ModuloPlacement {
 public:
  explicit ModuloPlacement(Hash hash);

  void add(const Member& member);
  void remove(NodeId id);
  std::optional<NodeId> owner(std::string_view key) const;
  std::vector<NodeId> preference_list(std::string_view key, std::size_t nodes) const;

 private:
  // Your members.
};

}  // namespace octet::placement
