#pragma once

#include <cstdint>
#include <map>
#include <variant>
#include <vector>

#include "stage3-partitioning/api/leaders.h"

/// What leaders tell each other, what they have on disk, and the lists of all that they handle.
namespace octet::leaders {

/// Of each leader, how many of its writes somebody has: always the first so many.
using Known = std::map<NodeId, std::uint64_t>;

/// A write, with all that it needs to be known again on every way and to have its place among the
/// others. The leader that took it has made this, and nobody changes it.
struct Update {
  NodeId origin;             // who took it
  std::uint64_t number = 0;  // among the writes of its origin
  std::uint64_t time = 0;    // by the Lamport clock of its origin
  Known after;               // who shows it has shown these
  Input write;
  bool operator==(const Update&) const = default;
};

/// The sender has these. Whoever has more sends it.
struct Have {
  Known known;
};

/// News, in an order in which they can be shown.
struct Updates {
  std::vector<Update> updates;
  bool more = false;  // there are others that the receiver lacks
};

struct TalkDue {};  // the neighbours must hear what this leader has

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Have, Updates>;
  using Timer = std::variant<TalkDue>;
  using Input = leaders::Input;
  using Record = std::variant<Update>;
};
using Context = octet::Context<Protocol>;

}  // namespace octet::leaders
