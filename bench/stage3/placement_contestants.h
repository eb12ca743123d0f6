#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "runtime/node.h"

namespace octet::bench {

/// A placement with so many nodes.
class Contestant {
 public:
  virtual ~Contestant() = default;
  /// Writes the owner of each key.
  virtual void owners(std::span<const std::string> keys, std::span<NodeId> owners) const = 0;
  virtual void add_node() = 0;
  /// One that may go: of a jump hash the last, of others one in the middle.
  virtual void remove_node() = 0;
};

struct Placement {
  std::string name;
  /// Nodes 1 ... `nodes`. The keys, in order, are for those who place ranges of keys.
  std::function<std::unique_ptr<Contestant>(std::uint32_t nodes,
                                            const std::vector<std::string>& keys)>
      make;
};

/// Modulo; a ring with 100 tokens for each node; rendezvous; jump hash; and a map of 100 ranges for
/// each node, which have the same number of keys, and of which a new node takes its part from
/// all others.
std::vector<Placement> placements();

}  // namespace octet::bench
