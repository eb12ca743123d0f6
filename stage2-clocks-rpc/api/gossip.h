#pragma once

#include <cstddef>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// Epidemics (Demers et al. 1987): processes that pick each other at random spread what is new, and
/// need nobody who knows who has it. Messages may be lost (up to a fifth), come twice, late, and in
/// any order. Processes do not crash here, but some may be cut off for long.

/// A rumour spreads fast and is given up soon.
namespace octet::gossip::rumour {

struct Config {
  std::vector<NodeId> members;
  std::size_t fanout = 2;  // so many different members, never itself, in a round
  Duration round{};
  bool operator==(const Config&) const = default;
};

/// Something new begins here. Any bytes, also none; equal strings are one rumour.
struct Tell {
  std::string rumour;
  bool operator==(const Tell&) const = default;
};

/// This process has heard it: once, also where it began.
struct Heard {
  std::string rumour;
  bool operator==(const Heard&) const = default;
};

using Input = std::variant<Tell>;
using Output = std::variant<Heard>;

}  // namespace octet::gossip::rumour

/// Anti-entropy never ends: again and again two processes compare all that they have. It is slower,
/// and it reaches everybody whom a message can reach.
namespace octet::gossip::anti_entropy {

struct Config {
  std::vector<NodeId> members;
  Duration interval{};  // each process compares with one other in each
  bool operator==(const Config&) const = default;
};

/// Wins over every value of this key that this process has seen. Of values that were put without
/// having seen each other, the same one wins everywhere.
struct Put {
  std::string key;
  std::string value;
  bool operator==(const Put&) const = default;
};

using Input = std::variant<Put>;

/// The View of a process.
struct Contents {
  std::map<std::string, std::string> values;
  bool operator==(const Contents&) const = default;
};

}  // namespace octet::gossip::anti_entropy
