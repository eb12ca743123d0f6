#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/node.h"

namespace octet::leaders {

/// Leaders, and who of them can talk to whom. All are connected.
struct Topology {
  std::string name;
  std::vector<NodeId> leaders;  // their ids are neither contiguous nor in order
  struct Link {
    NodeId one;
    NodeId other;
  };
  std::vector<Link> links = {};  // both ways

  std::vector<NodeId> neighbours(NodeId of) const;
  bool are_linked(NodeId one, NodeId other) const;
};

Topology line(std::size_t size);
Topology ring(std::size_t size);
Topology star(std::size_t size);
Topology mesh(std::size_t size);

/// A random tree, and some more links.
Topology random_graph(std::size_t size, std::uint64_t seed);

}  // namespace octet::leaders
