#pragma once

#include "stage3-partitioning/api/followers.h"

namespace octet::followers {

/// What a leader knows of another replica.
struct Follower {
  Index next{};            // the next entry to send
  Index match{};           // up to here its disk has what is in the leader's log
  bool under_way = false;  // entries are, and there is no answer yet

  // What answers say. A copy of one, or a late one, changes nothing: whoever acts upon it sends the
  // same again.
  void has(Index index);
  void lacks(Index place);

  bool operator==(const Follower&) const = default;
};

}  // namespace octet::followers
