#pragma once

#include <deque>

#include "messages.h"
#include "stage4-raft/api/raft.h"

namespace octet::raft {

/// What a leader knows of another server (Figure 2: nextIndex, matchIndex), and what is under way
/// to it.
struct Follower {
  Index next{};              // the next entry to send
  Index match{};             // up to here its log is the leader's
  std::deque<Index> sent{};  // where the requests begin that have no reply yet
  bool has_gap = false;      // one of them came before those ahead of it, and was refused
  Round round = {};          // the latest that it has answered

  // What replies say. A copy of one tells nothing new: whoever acts upon it, too, sends more and
  // more of them.
  void has_all_before(Index place);
  void lacks(Index place);

  /// What is under way may be lost: it is sent again.
  void go_back();

  bool operator==(const Follower&) const = default;
};

}  // namespace octet::raft
