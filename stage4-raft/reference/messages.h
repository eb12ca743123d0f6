#pragma once

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

/// A leader sends what comes behind `prev` in its log; nothing to say that it still leads (§5.3).
struct AppendEntries {
  Term term{};
  Index prev_log_index{};
  Term prev_log_term{};
  std::vector<Entry> entries;
  Index leader_commit{};
};

struct AppendReply {
  Term term{};
  bool success = false;
  Index next{};  // success: all before it is as in the leader's log; otherwise: try from here
};

}  // namespace octet::raft
