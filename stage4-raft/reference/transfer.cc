#include "raft.h"

/// A leader gives its place to a server that the application names (dissertation, §3.10). That wins
/// at once, if it is told to stand when it has the whole log.
namespace octet::raft {

void Raft::on(const Transfer& wish, Context& ctx) {
  if (role_ != Role::leader || !followers_.contains(wish.to)) return;
  successor_ = wish.to;
  ctx.set_timer(TransferOver{}, config_.election_timeout);
  hand_over(ctx);
}

/// With every heartbeat again, for a message may be lost. It may come late as well, when this
/// leader goes on already, and the voters break their promise for it. So no lease is safe any more
/// for the rest of this term: reads ask a majority.
void Raft::hand_over(Context& ctx) {
  if (!successor_ || followers_.at(*successor_).match != log_.last_index()) return;
  has_handed_over_ = true;
  ctx.send(*successor_, TimeoutNow{current_term_});
}

void Raft::on(const TimeoutNow& request, NodeId, Context& ctx) {
  if (request.term == current_term_) stand(Why::leader_wants_it, ctx);
}

void Raft::on(const WantedCandidate& candidate, NodeId from, Context& ctx) {
  vote(candidate.request, from, ctx);
}

/// It has not come about. Proposals wait no longer.
void Raft::on(const TransferOver&, Context&) {
  successor_.reset();
}

}  // namespace octet::raft
