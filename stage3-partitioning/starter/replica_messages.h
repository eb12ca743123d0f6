#pragma once

#include <variant>
#include <vector>

#include "stage3-partitioning/api/followers.h"

/// What replicas tell each other, what they persist, and the lists of all that they handle. All of
/// this is a proposal, and only a beginning, but for Input and Output: no grader looks into a
/// message.
namespace octet::followers {

/// What comes behind `prev` in the leader's log. Empty `entries` say only that the leader still
/// leads.
struct Replicate {
  Epoch epoch{};
  Token prev;
  std::vector<Entry> entries;
};
/// All up to here is on disk, and as in the leader's log.
struct Replicated {
  Epoch epoch{};
  Index index{};
};

// Yours: what a fail-over needs.

/// Nothing came back: send again.
struct RetryDue {};

/// From this index on, the log is these entries.
struct LogFrom {
  Index index{};
  std::vector<Entry> entries;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Replicate, Replicated>;
  using Timer = std::variant<RetryDue>;
  using Input = followers::Input;
  using Output = followers::Output;
  using Record = std::variant<LogFrom>;
};
using Context = octet::Context<Protocol>;

}  // namespace octet::followers
