#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// Several leaders: each takes writes at once and without asking anybody, and they tell each other
/// afterwards. When all is told, all hold the same (ML1).
///
/// Leaders crash and start again with what they have persisted; messages are lost, come twice,
/// late, and in any order. What they say is the student's choice.
namespace octet::leaders {

struct Config {
  /// Whom this leader can talk to. All leaders together are connected, as a ring, a star, a mesh or
  /// in any other way; links go both ways. It need not know who else there is.
  std::vector<NodeId> neighbours;
  /// No leader ever shows an effect without its cause: before a write is shown, all that its leader
  /// showed when it took that write is shown (ML4).
  bool causal = false;
  /// Neighbours talk at least so often.
  Duration interval = std::chrono::milliseconds(100);
  bool operator==(const Config&) const = default;
};

// Inputs: writes of this leader's clients. They take effect here at once.

/// Of several writes of a key the last one wins: one that knew of another comes after it, and for
/// others the leaders agree on an order, which does not depend on when they arrive (ML3).
struct Set {
  std::string key;
  std::string value;
};
/// Adds to a counter. Counters have keys of their own, and no write gets lost or counts twice
/// (ML2).
struct Add {
  std::string key;
  std::int64_t amount = 0;
};

using Input = std::variant<Set, Add>;

/// What a leader's clients would read.
struct View {
  std::map<std::string, std::string> values;
  std::map<std::string, std::int64_t> counters;
  bool operator==(const View&) const = default;
};

}  // namespace octet::leaders
