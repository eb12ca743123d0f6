#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "runtime/node.h"

/// Several leaders: each takes writes at once and without asking anybody, and they tell each other
/// afterwards. When all is told, all show the same (ML1).
///
/// Leaders crash and start again with what they have persisted; messages are lost, come twice,
/// late, and in any order. What they say is the student's choice.
namespace octet::leaders {

struct Config {
  /// Whom this leader can talk to: what it sends to anybody else is lost. All leaders together are
  /// connected, as a ring, a star, a mesh or in any other way, and links go both ways. A leader
  /// need not know who else there is.
  std::vector<NodeId> neighbours = {};
  /// No leader ever shows an effect without its cause: before a write is shown, all that its leader
  /// showed when it took that write is shown (ML4).
  bool causal = false;
  /// Neighbours talk at least so often; within a few intervals one has what the other had. When
  /// there is nothing to tell, that is a few messages in an interval, and they do not grow with
  /// what has been written before.
  Duration interval = std::chrono::milliseconds(100);
  bool operator==(const Config&) const = default;
};

// Inputs: writes of this leader's clients. They take effect here at once. Until the disk has them a
// crash may take them back, and nobody else has seen them.

/// Of several writes of a key the last one wins: one whose leader knew another comes after it, and
/// for others the leaders agree on an order, which does not depend on when they arrive (ML3).
struct Set {
  std::string key;
  std::string value;
  bool operator==(const Set&) const = default;
};
/// Adds to a counter. No Add gets lost or counts twice (ML2). Sums stay within their type. Counters
/// have names of their own: one that is named like a key has nothing to do with it.
struct Add {
  std::string key;
  std::int64_t amount = 0;
  bool operator==(const Add&) const = default;
};

using Input = std::variant<Set, Add>;

/// What a leader's clients would read. What it has shown it shows again after a crash, but for what
/// its disk did not have yet.
struct View {
  std::map<std::string, std::string> values;
  std::map<std::string, std::int64_t> counters;  // one that is not there is 0
  bool operator==(const View&) const = default;
};

}  // namespace octet::leaders
