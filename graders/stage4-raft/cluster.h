#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "graders/stage4-raft/figure3.h"
#include "graders/stage4-raft/servers.h"
#include "runtime/sim/world.h"
#include "stage4-raft/api/solution.h"

namespace octet::raft {

/// Counts what is sent over a link from now on, until the world heals.
std::shared_ptr<std::uint64_t> count_sends(sim::World& world, NodeId from, NodeId to);

/// The servers of one cluster in a world, and an application that proposes. The properties of
/// Figure 3 hold at every moment (figure3.h), and nothing is committed but what was proposed, once.
/// What a test waits for in vain fails the world.
class Cluster {
 public:
  Cluster(sim::World& world, std::size_t size, Config config = {});
  Cluster(const Cluster&) = delete;
  Cluster& operator=(const Cluster&) = delete;

  const std::vector<NodeId>& servers() const { return config_.servers; }
  const Config& config() const { return config_; }
  View view(NodeId id) const { return world_.view<View>(id); }
  std::size_t majority() const { return servers().size() / 2 + 1; }
  const Figure3& figure3() const { return figure3_; }

  /// Those of the servers that lead; of all that are up, when none are named.
  std::vector<NodeId> leaders(const std::vector<NodeId>& among = {}) const;

  /// Runs until one of these servers leads in a term that is later than that of every other of
  /// them; of all that are up, when none are named. That is within election_bound() when a majority
  /// can talk (RF9).
  NodeId wait_for_leader(const std::vector<NodeId>& among = {});

  /// Runs until somebody has led for a second, so that everybody has heard of it.
  NodeId wait_for_a_settled_leader(const std::vector<NodeId>& among = {});

  /// After what is broken has healed. Elections are settled in all but one of 10^9 runs by then.
  Duration election_bound() const { return 40 * config_.election_timeout; }

  /// Every server but these.
  std::vector<NodeId> others(const std::vector<NodeId>& than) const {
    return without(servers(), than);
  }

  /// Proposes a new command there, and returns it.
  std::string propose(NodeId at);
  void propose(NodeId at, const std::string& command);
  void propose_many(NodeId at, std::size_t count);

  /// A new command every so often until then, at a server by chance: most of them do not lead.
  void keep_proposing(Duration every, Duration until);

  bool is_committed(const std::string& command) const;

  /// Runs until all of these servers have told that the command is committed.
  void wait_until_committed(const std::string& command, const std::vector<NodeId>& at,
                            Duration within);
  /// A new command, at a leader among these: all of them have it in the end. Again when the leader
  /// changes.
  void expect_progress(const std::vector<NodeId>& among);

 private:
  void hear(NodeId id, const Output& output);
  void refuse(NodeId id, const std::string& command);
  void check_proposed(NodeId id, const std::string& command);

  sim::World& world_;
  Config config_;
  Figure3 figure3_;
  std::uint64_t last_command_ = 0;
  std::map<std::string, std::uint64_t> proposed_;  // how often, less refusals
  std::map<std::string, std::set<NodeId>> committed_;
  std::map<std::string, std::uint64_t> times_;  // of each command among those that are committed
  std::size_t counted_ = 0;
};

}  // namespace octet::raft
