#pragma once

#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// Multicasts that every member delivers in one and the same order (Lamport 1978, "Ordering the
/// Events Totally"). Messages between members come after any delay, in any order, perhaps more than
/// once. None is lost, and no member crashes.
namespace octet::total_order {

/// The same for every member.
struct Config {
  std::vector<NodeId> members;  // all of them, this one too
  bool operator==(const Config&) const = default;
};

/// Tell this text to all members.
struct Multicast {
  std::string text;
  bool operator==(const Multicast&) const = default;
};

/// The next text in the order of all. Each multicast is delivered once at every member, also at the
/// one that it is from.
struct Delivered {
  NodeId from;
  std::string text;
  bool operator==(const Delivered&) const = default;
};

using Input = std::variant<Multicast>;
using Output = std::variant<Delivered>;

}  // namespace octet::total_order
