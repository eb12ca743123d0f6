#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
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

  // Fail-over (fail_over.cc).
  void on(const FailOver& order, Context& ctx);
  void on(const Fence& fence, NodeId runner, Context& ctx);
  void on(const Promised& promised, NodeId replica, Context& ctx);
  void on(const Lead& order, NodeId runner, Context& ctx);

  // Writes (replication.cc).
  void on(const Submit& submit, Context& ctx);
  void on(const Replicate& request, NodeId leader, Context& ctx);
  void on(const Replicated& reply, NodeId follower, Context& ctx);
  void on(const Mismatch& reply, NodeId follower, Context& ctx);

  // Either (replica.cc).
  void on(const Refused& refused, NodeId replica, Context& ctx);
  void on(const RetryDue& timer, Context& ctx);

  // Reads (replica_reads.cc).
  void on(const Read& read, Context& ctx);

  View view() const;
  bool operator==(const Replica& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(promise_, log_, role_, leader_, values_, run_, followers_, submitted_, reads_);
  }

 private:
  /// A fail-over that this replica was handed.
  struct Run {
    std::map<NodeId, Token> ends;       // of the logs of those that have promised
    std::optional<NodeId> chosen = {};  // to lead
    bool operator==(const Run&) const = default;
  };

  enum class Shows : std::uint8_t { all, not_yet, never };

  // replica.cc
  void recover(const Promise& promise);
  void recover(const LogFrom& record);
  void promise(Promise promise, Context& ctx);
  bool is_over(Epoch epoch) const { return epoch < promise_.epoch; }
  bool leads(Epoch epoch) const { return role_ == Role::leader && epoch == promise_.epoch; }

  // fail_over.cc
  std::size_t promises_needed() const;
  void ask_again(Context& ctx);
  void choose(Context& ctx);
  void lead(Context& ctx);

  // replication.cc
  void append(Entry entry, Context& ctx);
  void write(Index from, std::span<const Entry> entries, Context& ctx);
  void send_what_is_new(Context& ctx);
  void send_entries(NodeId to, Context& ctx);
  void commit_what_is_durable(Context& ctx);
  void apply_up_to(Index index);

  // replica_reads.cc
  Shows shows(Token seen) const;
  bool answer(const Read& read, Context& ctx) const;
  void serve_reads(Context& ctx);

  Config config_;

  // On disk before anybody hears of it.
  Promise promise_;
  ReplicaLog log_;

  Role role_ = Role::follower;
  std::optional<NodeId> leader_;  // of the epoch of the promise
  ReplicaValues values_;
  std::optional<Run> run_;
  std::map<NodeId, Follower> followers_;      // of a leader
  std::map<Index, std::uint64_t> submitted_;  // of a leader: what is not acknowledged yet
  std::deque<Read> reads_;                    // that wait
};

}  // namespace octet::followers
