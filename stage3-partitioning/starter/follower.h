#pragma once

#include "stage3-partitioning/api/followers.h"

namespace octet::followers {

/// What a leader knows of another replica.
struct Follower {
  Index next{};   // the next entry to send
  Index match{};  // up to here its disk has what is in the leader's log
  bool operator==(const Follower&) const = default;
};

}  // namespace octet::followers
