#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <vector>

#include "stage4-raft/api/raft.h"

/// What servers tell each other (Figure 2). The network answers nothing by itself, so a reply says
/// what it is the answer to.
namespace octet::raft {

/// A candidate asks for a vote (§5.2). It shows how far its log goes (§5.4.1).
struct RequestVote {
  Term term{};
  Index last_log_index{};
  Term last_log_term{};
};

struct Vote {
  Term term{};
  bool granted = false;
};

/// A server asks whether it would get a vote, and does not stand yet (dissertation, §9.6).
struct AskPreVote {
  Term term{};  // in which it would stand
  Index last_log_index{};
  Term last_log_term{};
  Time asked{};  // by its clock: no two of its questions are equal
  bool operator==(const AskPreVote&) const = default;
};

struct PreVote {
  Term term{};          // of the voter, which gives nothing away
  AskPreVote question;  // this is the answer to no other one
  bool granted = false;
};

/// In rounds of messages a leader asks whether it still leads (dissertation, §6.4).
struct Round {
  std::uint64_t number = 0;
  Time begun{};  // on the leader's clock
  auto operator<=>(const Round&) const = default;
};

/// A leader sends what comes behind `prev` in its log; nothing to say that it still leads (§5.3).
struct AppendEntries {
  Term term{};
  Index prev_log_index{};
  Term prev_log_term{};
  std::vector<Entry> entries;
  Index leader_commit{};
  Round round = {};  // the latest one
};

struct AppendReply {
  Term term{};
  bool success = false;
  Index next{};      // success: all before it is as in the leader's log; otherwise: try from here
  Round round = {};  // that of the request: in this term the follower had no later leader then
};

/// A follower asks how much of the log a read has to see.
struct AskReadIndex {
  std::uint64_t number = 0;  // of the read
  Time life{};               // of the follower began then: numbers come again after a crash
  bool operator==(const AskReadIndex&) const = default;
};

struct ReadIndex {
  AskReadIndex asked;
  std::optional<Index> index;  // none: who was asked does not lead
};

/// A leader tells the server that is to lead after it to stand at once (dissertation, §3.10). That
/// has all of the leader's log.
struct TimeoutNow {
  Term term{};
};

/// That server asks for a vote. Nobody has promised the leader not to give it.
struct WantedCandidate {
  RequestVote request;
};

}  // namespace octet::raft
