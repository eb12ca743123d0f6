#include "graders/stage3-partitioning/leaders_topology.h"

#include <fmt/format.h>

#include <algorithm>

#include "graders/dsl/random.h"

namespace octet::leaders {
namespace {

Topology unconnected(const char* name, std::size_t size) {
  const std::vector<NodeId> pool = {23, 4, 91, 70'017, 58, 2, 3'000'000'036};
  return {.name = fmt::format("{} of {}", name, size),
          .leaders = {pool.begin(), pool.begin() + static_cast<std::ptrdiff_t>(size)}};
}

void connect(Topology& topology, std::size_t one, std::size_t other) {
  const NodeId a = topology.leaders[one];
  const NodeId b = topology.leaders[other];
  if (a != b && !topology.are_linked(a, b)) topology.links.push_back({a, b});
}

}  // namespace

std::vector<NodeId> Topology::neighbours(NodeId of) const {
  std::vector<NodeId> neighbours;
  for (const Link& link : links) {
    if (link.one == of) neighbours.push_back(link.other);
    if (link.other == of) neighbours.push_back(link.one);
  }
  return neighbours;
}

bool Topology::are_linked(NodeId one, NodeId other) const {
  return std::ranges::any_of(links, [=](const Link& link) {
    return (link.one == one && link.other == other) || (link.one == other && link.other == one);
  });
}

Topology line(std::size_t size) {
  Topology topology = unconnected("line", size);
  for (std::size_t i = 1; i < size; ++i) connect(topology, i - 1, i);
  return topology;
}

Topology ring(std::size_t size) {
  Topology topology = unconnected("ring", size);
  for (std::size_t i = 0; i < size; ++i) connect(topology, i, (i + 1) % size);
  return topology;
}

Topology star(std::size_t size) {
  Topology topology = unconnected("star", size);
  for (std::size_t i = 1; i < size; ++i) connect(topology, 0, i);
  return topology;
}

Topology mesh(std::size_t size) {
  Topology topology = unconnected("mesh", size);
  for (std::size_t i = 0; i < size; ++i) {
    for (std::size_t j = 0; j < i; ++j) connect(topology, j, i);
  }
  return topology;
}

Topology random_graph(std::size_t size, std::uint64_t seed) {
  Topology topology = unconnected("random graph", size);
  grading::Random random(seed, "topology");
  for (std::size_t i = 1; i < size; ++i) connect(topology, random.below(i), i);
  for (std::size_t i = 0; i < size / 2; ++i) {
    connect(topology, random.below(size), random.below(size));
  }
  return topology;
}

}  // namespace octet::leaders
