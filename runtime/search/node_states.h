#pragma once

#include <any>
#include <deque>
#include <memory>

#include "runtime/erase/any_node.h"
#include "runtime/search/interner.h"

namespace octet::search {

/// The states that nodes have been in, each kept once as a node whose copies handlers run on. Its
/// members throw Violation when the node's class lacks what the search stands on, or throws.
class NodeStates {
 public:
  /// `place` is the node's in Model::nodes. A violation is also: a state with the same bytes is
  /// known and not equal; and a copy of the node has another state.
  Id id_of(Id place, std::unique_ptr<AnyNode> node);

  const AnyNode& node(Id id) const { return *known_[id].node; }

  /// Made when it is first asked for.
  const std::any& view(Id id);

 private:
  struct Known {
    std::unique_ptr<AnyNode> node;
    std::any view = {};
  };

  Interner bytes_;
  std::deque<Known> known_;
};

}  // namespace octet::search
