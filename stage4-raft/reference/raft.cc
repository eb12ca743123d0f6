#include "raft.h"

namespace octet::raft {

void Raft::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  for (const auto& record : recovered) {
    std::visit([this](const auto& content) { recover(content); }, record);
  }
  started_ = ctx.now();
  heard_ = ctx.now();  // maybe: it has forgotten
  wait_for_leader(ctx);
}

void Raft::recover(const TermAndVote& record) {
  current_term_ = record.term;
  voted_for_ = record.voted_for;
}

void Raft::recover(const LogFrom& record) {
  log_.replace(record.index, record.entries);
}

/// Every message has a term. Whoever sees a later one than its own takes it over and follows
/// (§5.1).
void Raft::observe(Term term, Context& ctx) {
  if (term <= current_term_) return;
  current_term_ = term;
  voted_for_.reset();
  persist_term_and_vote(ctx);
  follow_nobody(ctx);
}

void Raft::follow_nobody(Context& ctx) {
  leader_.reset();
  if (role_ == Role::leader) {
    persist_what_is_new(ctx);
    ctx.cancel_timer(HeartbeatDue{});
    wait_for_leader(ctx);
  }
  role_ = Role::follower;
  give_up_reads(ctx);
}

void Raft::wait_for_leader(Context& ctx) {
  ctx.set_timer(ElectionTimeout{}, config_.election_timeout, 2 * config_.election_timeout);
}

void Raft::persist_term_and_vote(Context& ctx) {
  ctx.persist(TermAndVote{current_term_, voted_for_});
}

View Raft::view() const {
  return {.role = role_,
          .term = current_term_,
          .voted_for = voted_for_,
          .first = Index{1},
          .log = log_.all(),
          .commit_index = commit_index_};
}

}  // namespace octet::raft
