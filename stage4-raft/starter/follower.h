#pragma once

#include "stage4-raft/api/raft.h"

namespace octet::raft {

/// What a leader knows of another server (Figure 2).
struct Follower {
  Index next{};   // the next entry to send
  Index match{};  // up to here its log is the leader's
  bool operator==(const Follower&) const = default;
};

}  // namespace octet::raft
