#include "raft.h"

namespace octet::raft {

void Raft::on(const ElectionTimeout&, Context& ctx) {
  if (config_.pre_vote) return ask_for_pre_votes(ctx);
  stand(Why::nobody_leads, ctx);
}

/// Stands for election in a new term (§5.2).
void Raft::stand(Why why, Context& ctx) {
  role_ = Role::candidate;
  leader_.reset();
  current_term_ = current_term_ + 1;
  voted_for_ = ctx.id();
  votes_ = {ctx.id()};
  persist_term_and_vote(ctx);
  wait_for_leader(ctx);  // when the vote is split, too
  give_up_reads(ctx);
  const RequestVote request{.term = current_term_,
                            .last_log_index = log_.last_index(),
                            .last_log_term = log_.last_term()};
  for (const NodeId server : config_.servers) {
    if (server == ctx.id()) continue;
    if (why == Why::nobody_leads) ctx.send(server, request);
    if (why == Why::leader_wants_it) ctx.send(server, WantedCandidate{request});
  }
  if (votes_.size() >= majority()) lead(ctx);  // of one server
}

void Raft::on(const RequestVote& request, NodeId candidate, Context& ctx) {
  if (!has_promised_not_to_vote(ctx)) vote(request, candidate, ctx);
}

void Raft::vote(const RequestVote& request, NodeId candidate, Context& ctx) {
  observe(request.term, ctx);
  const bool is_free = voted_for_.value_or(candidate) == candidate;
  const bool granted =
      request.term == current_term_ && is_free &&
      log_.is_behind_or_equal(request.last_log_index, request.last_log_term);  // §5.4.1
  if (granted) {
    voted_for_ = candidate;
    persist_term_and_vote(ctx);
    wait_for_leader(ctx);
  }
  ctx.send(candidate, Vote{.term = current_term_, .granted = granted});
}

void Raft::on(const Vote& vote, NodeId voter, Context& ctx) {
  observe(vote.term, ctx);
  if (role_ != Role::candidate || vote.term != current_term_ || !vote.granted) return;
  votes_.insert(voter);
  if (votes_.size() >= majority()) lead(ctx);
}

void Raft::lead(Context& ctx) {
  role_ = Role::leader;
  leader_ = ctx.id();
  elected_ = ctx.now();
  successor_.reset();
  has_handed_over_ = false;
  ctx.cancel_timer(ElectionTimeout{});
  followers_.clear();
  for (const NodeId server : config_.servers) {
    if (server != ctx.id()) followers_[server] = {.next = log_.last_index() + 1};
  }
  // Entries of earlier terms are committed with the first one of this term (§5.4.2, §8).
  persisted_ = log_.last_index();
  append("");
  on(HeartbeatDue{}, ctx);
}

}  // namespace octet::raft
