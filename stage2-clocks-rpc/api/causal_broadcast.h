#pragma once

#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// Broadcasts that no member delivers before what they may be an answer to (Birman, Schiper and
/// Stephenson 1991). Messages between members come after any delay, in any order, perhaps more than
/// once. None is lost, and no member crashes.
///
/// A broadcast *depends* on what its member had broadcast and delivered before it.
namespace octet::causal {

/// The same for every member.
struct Config {
  std::vector<NodeId> members;  // all of them, this one too
  bool operator==(const Config&) const = default;
};

/// Tell this text to all members.
struct Broadcast {
  std::string text;
  bool operator==(const Broadcast&) const = default;
};

/// Each broadcast is delivered once at every member: at once at the one that it is from, elsewhere
/// as soon as it has come and all that it depends on was delivered.
struct Delivered {
  NodeId from;
  std::string text;
  bool operator==(const Delivered&) const = default;
};

using Input = std::variant<Broadcast>;
using Output = std::variant<Delivered>;

}  // namespace octet::causal
