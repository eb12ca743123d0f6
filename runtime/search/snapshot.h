#pragma once

#include <any>
#include <span>
#include <string_view>
#include <vector>

#include "runtime/erase/bytes.h"
#include "runtime/node.h"

namespace octet::search {

struct Catalogue;
class WorldState;

/// A message that was sent and has not arrived.
struct InFlight {
  NodeId from;
  NodeId to;
  std::string_view bytes;
};

/// One state of the world, for invariants, goals and prunes to look at. What it returns lives as
/// long as the search. Views and decoded lists are made once for each state of one node, and not
/// once for each state of the world.
class Snapshot {
 public:
  Snapshot(Catalogue& catalogue, const WorldState& state) : catalogue_(catalogue), state_(state) {}

  std::span<const NodeId> nodes() const;
  bool is_up(NodeId node) const;

  /// What the node shows of itself; null while it is down.
  template <class View>
  const View* view(NodeId node) const {
    return is_up(node) ? &std::any_cast<const View&>(any_view(node)) : nullptr;
  }

  /// Everything that the node has told its application, in order, over all its lives.
  template <class Output>
  const std::vector<Output>& outputs(NodeId node) const {
    return decoded<Output>(node, Kept::outputs);
  }

  /// What is on the node's disk, in order.
  template <class Record>
  const std::vector<Record>& records(NodeId node) const {
    return decoded<Record>(node, Kept::records);
  }

  std::vector<InFlight> messages() const;

 private:
  enum class Kept { outputs, records };

  const std::any& any_view(NodeId node) const;
  std::vector<std::string_view> encoded(NodeId node, Kept kept) const;
  std::any& memory(NodeId node, Kept kept) const;

  template <class T>
  const std::vector<T>& decoded(NodeId node, Kept kept) const {
    std::any& memory = this->memory(node, kept);
    if (!memory.has_value()) {
      std::vector<T> values;
      for (const std::string_view bytes : encoded(node, kept)) {
        decode(bytes, values.emplace_back());
      }
      memory = std::move(values);
    }
    return std::any_cast<const std::vector<T>&>(memory);
  }

  Catalogue& catalogue_;
  const WorldState& state_;
};

}  // namespace octet::search
