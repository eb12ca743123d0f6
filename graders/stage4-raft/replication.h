#pragma once

#include <functional>
#include <string>
#include <vector>

#include "graders/stage4-raft/cluster.h"

/// What the tests of replication do to a cluster: they choose who hears whom, and who leads.
namespace octet::raft {

/// From now on those of a group hear each other, and nobody else. Those in no group are alone. What
/// is said in the test about single messages stays. Whoever is in a group goes on, if it was
/// paused.
void connect(sim::World& world, const Cluster& cluster,
             const std::vector<std::vector<NodeId>>& groups);

/// Everybody hears everybody.
void connect_all(sim::World& world, const Cluster& cluster);

/// Runs until this server, which does not lead the others yet, does, elected by these voters. It
/// hears them, and they hear nobody but it; everybody else is paused. Its log is as up to date as
/// theirs. Throws NotSteered when that does not come about: no rule says whom servers elect, and
/// who asks before it stands may get no answer from an old leader.
void elect(sim::World& world, Cluster& cluster, NodeId chosen, const std::vector<NodeId>& voters);
struct NotSteered {};

/// A scenario with elect(). It ends where that throws, so it begins with what all solutions can do.
std::function<void(sim::World&)> steered(std::function<void(sim::World&)> scenario);

/// What it proposes comes there, and not yet any further.
bool has_in_log(const Cluster& cluster, NodeId id, const std::string& command);

/// Where the log of this server ends: behind its last entry.
Index end_of_log(const Cluster& cluster, NodeId id);

/// The cluster is whole again: all servers come to one log with a new command at its end, and have
/// applied the same.
void expect_agreement(sim::World& world, Cluster& cluster);

/// So many bytes of commands are the most in a message.
Config with_most_bytes(std::size_t bytes);

/// So many heartbeats.
Duration heartbeats(const Cluster& cluster, int count);

}  // namespace octet::raft
