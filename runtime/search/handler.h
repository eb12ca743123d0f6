#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/search/catalogue.h"
#include "runtime/search/step.h"

namespace octet::search {

/// What happens to a host.
struct Event {
  Step::Kind kind = Step::Kind::start;
  Id subject = none;       // a message; or the bytes of a timer or input
  bool is_answer = false;  // of an input: the application's to an output
};

/// The host when the event has happened and its handler has not run.
Host consumed(Host host, const Event& event);

/// What came of it.
struct Run {
  std::unique_ptr<AnyNode> node;  // after it
  std::vector<AnyEffect> effects;
  bool is_understood = true;  // false when the event's bytes did not decode: nothing happened
  std::string failure;        // a sentence, when the handler threw
};

/// Runs the event's handler on a copy of the host's node, and start() on a fresh node.
Run run_handler(const Catalogue& catalogue, const Host& host, const Event& event,
                Environment& environment);

/// A node to show bytes with; null when making it throws.
std::unique_ptr<AnyNode> fresh_node(const Catalogue& catalogue, NodeId id);

/// What bytes are, also those that are none of the node's, and without a node.
Shown show(const AnyNode* node, List list, std::string_view bytes);

/// The same as one: `Copy{"number":1,"entry":"x"}`.
std::string shown(const AnyNode* node, List list, std::string_view bytes);

}  // namespace octet::search
