#pragma once

#include <variant>
#include <vector>

#include "runtime/node.h"

/// Processes choose a leader: the one with the highest id that is up.
///
/// What an election may rely on: a message between two processes that are up arrives once, in less
/// than `longest_delay`; a handler takes no time. Processes crash, and restart with nothing. So who
/// does not answer within two delays is down.
///
/// What it owes: when nothing crashes any more, every process that is up has taken the same leader
/// within 40 * members * longest_delay of the last Elect or restart. Nobody ever takes a process
/// below itself for the leader.
namespace octet::election {

struct Config {
  std::vector<NodeId> members;  // ids in any order. Of Ring: each one's successor is the next,
                                // and the last one's the first
  Duration longest_delay{};
  bool operator==(const Config&) const = default;
};

/// The application has noticed that there is no leader: hold an election. Several processes may be
/// told so at once, some of them in the middle of one.
struct Elect {
  bool operator==(const Elect&) const = default;
};

/// This process takes `leader` for the leader from now on. `leader` tells so itself, too.
struct Elected {
  NodeId leader;
  bool operator==(const Elected&) const = default;
};

using Input = std::variant<Elect>;
using Output = std::variant<Elected>;

}  // namespace octet::election
