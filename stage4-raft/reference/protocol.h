#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "messages.h"
#include "stage4-raft/api/raft.h"

/// What a server is told by its timers, what it persists, and the lists of all that it handles.
namespace octet::raft {

struct ElectionTimeout {};  // nobody led for long (§5.2)
struct HeartbeatDue {};     // the followers must hear of their leader
struct TransferOver {};     // another server should lead by now

/// What Figure 2 calls the persistent state. The latest of these counts.
struct TermAndVote {
  Term term{};
  std::optional<NodeId> voted_for;
};

/// From this index on, the log is these entries.
struct LogFrom {
  Index index{};
  std::vector<Entry> entries;
};

struct Protocol : ProtocolDefaults {
  using Message = std::variant<RequestVote, Vote, AppendEntries, AppendReply, AskReadIndex,
                               ReadIndex, AskPreVote, PreVote, TimeoutNow, WantedCandidate>;
  using Timer = std::variant<ElectionTimeout, HeartbeatDue, TransferOver>;
  using Input = raft::Input;
  using Output = raft::Output;
  using Record = std::variant<TermAndVote, LogFrom>;
};
using Context = octet::Context<Protocol>;

}  // namespace octet::raft
