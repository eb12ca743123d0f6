#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "stage3-partitioning/api/followers.h"

/// What replicas tell each other, what they persist, and the lists of all that they handle. An
/// epoch with an index, a Token, names a place of the log: two logs that have it are equal up to
/// there.
namespace octet::followers {

// Fail-over.

/// The replica that was handed the fail-over asks for a promise: to hear nobody of an earlier
/// epoch, and to make it to nobody else in this one.
struct Fence {
  Epoch epoch{};
};
struct Promised {
  Epoch epoch{};
  Token end;  // of the log
};
/// Nobody in reach of the fail-over has a better log: lead.
struct Lead {
  Epoch epoch{};
};

// Replication.

/// What comes behind `prev` in the leader's log; nothing to say that it still leads.
struct Replicate {
  Epoch epoch{};
  Token prev;
  std::vector<Entry> entries;
  Index committed{};  // all up to here is to be applied
};
/// All up to here is on disk, and as in the leader's log.
struct Replicated {
  Epoch epoch{};
  Index index{};
};
/// `prev` is not in the log.
struct Mismatch {
  Epoch epoch{};
  Index next{};  // try from here
};

/// To whoever speaks for an epoch that is over.
struct Refused {
  Epoch epoch{};  // of the promise
};

/// Nothing came back: send again.
struct RetryDue {};

// On disk.

/// The latest one counts.
struct Promise {
  Epoch epoch{};
  std::optional<NodeId> to = {};  // the replica that runs the fail-over; none when it has not asked
  bool operator==(const Promise&) const = default;
};

/// From this index on, the log is these entries.
struct LogFrom {
  Index index{};
  std::vector<Entry> entries;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<Fence, Promised, Lead, Replicate, Replicated, Mismatch, Refused>;
  using Timer = std::variant<RetryDue>;
  using Input = followers::Input;
  using Output = followers::Output;
  using Record = std::variant<Promise, LogFrom>;
};
using Context = octet::Context<Protocol>;

}  // namespace octet::followers
