#pragma once

#include <any>
#include <deque>
#include <string>
#include <vector>

#include "runtime/search/host.h"
#include "runtime/search/interner.h"
#include "runtime/search/model.h"
#include "runtime/search/node_states.h"

namespace octet::search {

/// A message in flight. Two that are equal have one id.
struct Message {
  std::string key() const;

  Id sender = 0;    // a place in Model::nodes
  Id receiver = 0;  // likewise
  Id bytes = 0;
};

/// Everything that one search has met, by id.
struct Catalogue {
  explicit Catalogue(const Model& searched);

  /// In Model::nodes; none for a node that is not of this world.
  Id place_of(NodeId node) const;

  const Model& model;
  std::vector<std::vector<Id>> inputs;  // by place, what the application asks of the node
  Interner bytes;                       // messages, timers, inputs, records, outputs
  Numbered<Message> messages;
  Numbered<Host> hosts;
  NodeStates states;

  /// By host, what a Snapshot has decoded of it.
  struct Decoded {
    std::any records;
    std::any outputs;
  };
  std::deque<Decoded> decoded;
};

}  // namespace octet::search
