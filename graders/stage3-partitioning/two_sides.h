#pragma once

#include <string>
#include <vector>

#include "graders/stage3-partitioning/causal_sessions.h"

namespace octet::store {

/// A store with three copies of each key, of which one copy is enough to read and to write. Its
/// nodes may be cut into two sides: one has one copy and the other two, and each has a node without
/// any. Applications go from side to side with their sessions.
struct TwoSides {
  explicit TwoSides(sim::World& in) : world(in) {}

  sim::World& world;
  StoreCluster store{world, {.nodes = 5, .config = with_quorums(1, 1)}};
  CausalSessions sessions{world, store};
  std::vector<NodeId> near = {store.owners("").at(0), store.others("").at(0)};
  std::vector<NodeId> far = {store.owners("").at(1), store.owners("").at(2),
                             store.others("").at(1)};
  NodeId here = near.back();  // coordinates on the near side
  NodeId there = far.back();

  void part() { cut(world, near, far); }

  using Id = CausalSessions::Id;
  Got read(Id session, NodeId node, const std::string& key) {
    return store.got(sessions.get(session, node, key));
  }
  void write(Id session, NodeId node, const std::string& key, const std::string& value) {
    store.stored(sessions.put(session, node, key, value));
  }
  void remove(Id session, NodeId node, const std::string& key) {
    store.stored(sessions.del(session, node, key));
  }
  /// It may fail.
  const Output& try_to_read(Id session, NodeId node, const std::string& key) {
    return store.wait(sessions.get(session, node, key));
  }
};

}  // namespace octet::store
