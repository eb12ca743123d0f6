#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <span>
#include <vector>

#include "follower.h"
#include "protocol.h"
#include "raft_log.h"
#include "stage4-raft/api/raft.h"

namespace octet::raft {

/// A server of Raft (Figure 2). What concerns every server is in raft.cc, elections are in
/// election.cc, what a leader does with its log in replication.cc, and how it knows that it still
/// leads in reads.cc. Asking before standing is in pre_vote.cc, and giving the place away in
/// transfer.cc.
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

  // Pre-vote (dissertation, §9.6).
  void on(const AskPreVote& question, NodeId asker, Context& ctx);
  void on(const PreVote& answer, NodeId voter, Context& ctx);

  // Replication (§5.3, §5.4.2).
  void on(const Propose& proposal, Context& ctx);
  void on(const HeartbeatDue& timer, Context& ctx);
  void on(const AppendEntries& request, NodeId leader, Context& ctx);
  void on(const AppendReply& reply, NodeId follower, Context& ctx);

  // Reads without an entry (§8; dissertation, §6.4).
  void on(const Read& read, Context& ctx);
  void on(const AskReadIndex& question, NodeId asker, Context& ctx);
  void on(const ReadIndex& answer, NodeId leader, Context& ctx);

  // Leadership transfer (dissertation, §3.10).
  void on(const Transfer& wish, Context& ctx);
  void on(const TimeoutNow& request, NodeId leader, Context& ctx);
  void on(const WantedCandidate& candidate, NodeId from, Context& ctx);
  void on(const TransferOver& timer, Context& ctx);

  View view() const;
  bool operator==(const Raft& other) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(current_term_, voted_for_, log_, role_, leader_, commit_index_, votes_, followers_);
    archive(persisted_);
    archive(started_, heard_, asked_, round_, reads_);
    archive(pre_election_, pre_votes_, elected_, successor_, has_handed_over_);
  }

 private:
  /// What a leader cannot answer yet.
  struct WaitingRead {
    NodeId asker;  // maybe itself
    AskReadIndex question;
    std::uint64_t round = 0;  // the first that begins after the read came
    bool operator==(const WaitingRead&) const = default;
  };

  /// Why a server stands for election.
  enum class Why : std::uint8_t { nobody_leads, leader_wants_it };

  void recover(const TermAndVote& record);
  void recover(const LogFrom& record);
  void observe(Term term, Context& ctx);
  void follow_nobody(Context& ctx);
  void wait_for_leader(Context& ctx);
  void persist_term_and_vote(Context& ctx);
  std::size_t majority() const { return config_.servers.size() / 2 + 1; }

  void stand(Why why, Context& ctx);
  void vote(const RequestVote& request, NodeId candidate, Context& ctx);
  void lead(Context& ctx);
  void append(std::string command);
  void send_what_is_new(Context& ctx);
  void write_what_is_new(Context& ctx);
  void persist_what_is_new(Context& ctx);
  void send_entries(NodeId to, Context& ctx);
  void send_request(NodeId to, Index prev, std::vector<Entry> entries, Context& ctx);
  void advance_commit_index(Context& ctx);
  void commit_up_to(Index index, Context& ctx);

  void serve_reads(Context& ctx);
  void answer(const WaitingRead& read, std::optional<Index> index, Context& ctx);
  void give_up_reads(Context& ctx);
  void begin_round(Context& ctx);
  Round next_round(const Context& ctx) const;
  Round confirmed_round() const;
  bool has_lease(const Context& ctx) const;
  bool has_promised_not_to_vote(const Context& ctx) const;

  void ask_for_pre_votes(Context& ctx);
  bool hears_leader(const Context& ctx) const;
  bool is_followed(const Context& ctx) const;

  void hand_over(Context& ctx);

  Config config_;

  // On disk before anybody hears of it.
  Term current_term_{};
  std::optional<NodeId> voted_for_;
  RaftLog log_;

  Role role_ = Role::follower;
  std::optional<NodeId> leader_;
  Index commit_index_{};
  std::set<NodeId> votes_;                // of a candidate
  std::map<NodeId, Follower> followers_;  // of a leader
  Index persisted_{};                     // of a leader: its own entries up to here

  Time started_{};
  Time heard_{};                   // of a leader for the last time
  std::set<std::uint64_t> asked_;  // the application's reads
  Round round_;                    // the latest one that it began
  std::deque<WaitingRead> reads_;  // of a leader

  AskPreVote pre_election_;     // the latest question to the others
  std::set<NodeId> pre_votes_;  // who would vote for it, as far as they have answered that
  Time elected_{};              // of a leader

  std::optional<NodeId> successor_;  // of a leader: it is to lead soon
  bool has_handed_over_ = false;     // of a leader: it has told somebody to stand in this term
};

}  // namespace octet::raft
