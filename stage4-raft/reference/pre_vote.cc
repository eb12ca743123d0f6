#include <algorithm>

#include "raft.h"

/// Who hears of no leader asks before it stands (dissertation, §9.6): a server that was cut off
/// cannot win, and its later term would only depose a leader that all others hear.
namespace octet::raft {

/// Stays in its term, and writes nothing. What is asked now is another question than those before.
void Raft::ask_for_pre_votes(Context& ctx) {
  leader_.reset();
  give_up_reads(ctx);
  wait_for_leader(ctx);  // when too few answer, too
  pre_election_ = {.term = current_term_ + 1,
                   .last_log_index = log_.last_index(),
                   .last_log_term = log_.last_term(),
                   .asked = ctx.now()};
  pre_votes_ = {ctx.id()};
  for (const NodeId server : config_.servers) {
    if (server != ctx.id()) ctx.send(server, pre_election_);
  }
  if (pre_votes_.size() >= majority()) stand(Why::nobody_leads, ctx);  // of one server
}

/// Says what it would do, and does not do it: no vote is given away. Who asks in an earlier term
/// has to hear of the later one, or it asks in vain for ever.
void Raft::on(const AskPreVote& question, NodeId asker, Context& ctx) {
  if (hears_leader(ctx)) return;
  const bool granted =
      question.term > current_term_ &&
      log_.is_behind_or_equal(question.last_log_index, question.last_log_term);  // §5.4.1
  ctx.send(asker, PreVote{.term = current_term_, .question = question, .granted = granted});
}

/// An answer may come when the term is another one, or a leader is heard again.
void Raft::on(const PreVote& answer, NodeId voter, Context& ctx) {
  observe(answer.term, ctx);
  const bool is_asking = !leader_ && pre_election_.term == current_term_ + 1;
  if (!is_asking || answer.question != pre_election_ || !answer.granted) return;
  pre_votes_.insert(voter);
  if (pre_votes_.size() >= majority()) stand(Why::nobody_leads, ctx);
}

bool Raft::hears_leader(const Context& ctx) const {
  return role_ == Role::leader || ctx.now() < heard_ + config_.election_timeout;
}

/// Those who hear a leader elect nobody else. So one that no majority answers must not go on, or
/// the few that it reaches may be just those that the others lack (dissertation, §6.2).
bool Raft::is_followed(const Context& ctx) const {
  const Time answered = std::max(elected_, confirmed_round().begun);
  return ctx.now() < answered + config_.election_timeout;
}

}  // namespace octet::raft
