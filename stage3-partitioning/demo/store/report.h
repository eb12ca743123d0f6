#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "stage3-partitioning/api/store.h"

namespace octet::store {

/// What the operator knows of a node.
struct NodeState {
  bool is_up = false;
  std::optional<View> view = {};  // nothing: it does not answer
};
using States = std::map<NodeId, NodeState>;

/// The latest map, and the one before it.
struct Maps {
  SlotMap now;
  SlotMap before;
};

/// A node's view, as its control port shows it in JSON. Nothing when it is none.
std::optional<View> view_of(std::string_view json);

/// How the store is, as far as its nodes tell.
struct Report {
  struct Node {
    NodeState state;
    std::size_t owns = 0;  // slots, by the latest map
    std::vector<Slot> serves = {};
    std::size_t keys = 0;   // in these; a key counts once for each copy
    std::size_t hints = 0;  // that it has for others
  };
  std::map<NodeId, Node> nodes;

  std::size_t keys = 0;        // that have a value
  std::size_t siblings = 0;    // of these: have more than one
  std::size_t different = 0;   // and: not all copies that are served show the same
  std::size_t moved = 0;       // slots, from the map before to the latest
  std::size_t moved_keys = 0;  // keys that these slots have
  std::size_t on_the_way = 0;  // slots that their owner does not serve yet, if it is up
};
Report report_of(const Maps& maps, const States& states);

/// For a person at a terminal, with colours or without. Ends with a newline.
std::string text_of(const Report& report, const Maps& maps, bool with_colours);

}  // namespace octet::store
