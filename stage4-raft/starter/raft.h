#pragma once

#include <map>
#include <optional>
#include <span>

#include "follower.h"
#include "protocol.h"
#include "raft_log.h"
#include "stage4-raft/api/raft.h"

namespace octet::raft {

/// A server of Raft (Figure 2). What concerns every server is in raft.cc, elections are in
/// election.cc, what a leader does with its log in replication.cc, and how it knows that it still
/// leads in reads.cc. The challenges have pre_vote.cc and transfer.cc.
class Raft {
 public:
  using Protocol = raft::Protocol;
  using View = raft::View;

  explicit Raft(const Config& config) : config_(config) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);

  // Elections (§5.2, §5.4.1).
  void on(const ElectionTimeout& timer, Context& ctx);
  void on(const RequestVote& request, NodeId candidate, Context& ctx);
  void on(const Vote& vote, NodeId voter, Context& ctx);

  // Replication (§5.3, §5.4.2).
  void on(const Propose& proposal, Context& ctx);
  void on(const HeartbeatDue& timer, Context& ctx);
  void on(const AppendEntries& request, NodeId leader, Context& ctx);
  void on(const AppendReply& reply, NodeId follower, Context& ctx);

  // Reads without an entry (§8; dissertation, §6.4).
  void on(const Read& read, Context& ctx);

  // Leadership transfer, a challenge (dissertation, §3.10).
  void on(const Transfer& wish, Context& ctx);

  View view() const;
  bool operator==(const Raft& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // And all that you add.
    archive(current_term_, voted_for_, log_, role_, commit_index_, followers_);
  }

 private:
  Config config_;

  // On disk before anybody hears of it.
  Term current_term_{};
  std::optional<NodeId> voted_for_;
  RaftLog log_;

  Role role_ = Role::follower;
  Index commit_index_{};
  std::map<NodeId, Follower> followers_;  // of a leader
  // Your members.
};

}  // namespace octet::raft
