#pragma once

#include <map>
#include <vector>

#include "graders/stage4-raft/cluster.h"

/// What the tests of pre-vote share: who asks first does not move terms (dissertation, §9.6).
namespace octet::raft {

Config that_asks_first();

/// The terms of all servers, and who leads. Nothing of it changes while a leader is well.
struct Standing {
  std::vector<NodeId> leaders;
  std::map<NodeId, Term> terms;
  bool operator==(const Standing&) const = default;
};
Standing standing(const Cluster& cluster);

/// Fails when it is not as before, and says after what.
void expect_unchanged(const Cluster& cluster, const Standing& before, const std::string& after);

/// The cluster has a leader, and a follower that is away for some time changes nothing when it
/// comes back: so no test is passed by who does not ask.
void expect_asking(sim::World& world, Cluster& cluster);

}  // namespace octet::raft
