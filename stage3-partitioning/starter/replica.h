#pragma once

#include <map>
#include <span>

#include "follower.h"
#include "replica_log.h"
#include "replica_messages.h"
#include "replica_values.h"
#include "stage3-partitioning/api/followers.h"

namespace octet::followers {

/// A replica, which leads or follows. What concerns both is in replica.cc, who leads next in
/// fail_over.cc, how writes get from the leader to its followers in replication.cc, and what
/// clients are shown in replica_reads.cc.
class Replica {
 public:
  using Protocol = followers::Protocol;
  using View = followers::View;

  explicit Replica(const Config& config) : config_(config) {}

  void start(std::span<const Protocol::Record> recovered, Context& ctx);

  void on(const FailOver& order, Context& ctx);

  void on(const Submit& submit, Context& ctx);
  void on(const Replicate& request, NodeId leader, Context& ctx);
  void on(const Replicated& reply, NodeId follower, Context& ctx);
  void on(const RetryDue& timer, Context& ctx);

  void on(const Read& read, Context& ctx);

  View view() const;
  bool operator==(const Replica&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // And all that you add.
    archive(epoch_, log_, role_, values_, followers_);
  }

 private:
  Config config_;

  // On disk before anybody hears of it.
  Epoch epoch_{};
  ReplicaLog log_;

  Role role_ = Role::follower;
  ReplicaValues values_;
  std::map<NodeId, Follower> followers_;  // of a leader
  // Your members.
};

}  // namespace octet::followers
