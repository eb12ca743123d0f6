#include "ring.h"

#include <algorithm>
#include <utility>

namespace octet::election::ring {
namespace {

bool has_passed_us(const Notice& notice, const Context& ctx) {
  return std::ranges::count(notice.passed, ctx.id()) > 0;
}

}  // namespace

void Ring::start(std::span<const Protocol::Record>, Context& ctx) {
  hold_election(ctx);
}

void Ring::on(const Elect&, Context& ctx) {
  hold_election(ctx);
}

void Ring::hold_election(Context& ctx) {
  if (participates_) return;  // ours, or a higher one, is on its way
  participate(ctx);
  pass_on({.id = ctx.id()}, ctx);
}

/// A notice is lost when a process crashes that holds it. So whoever waits for a leader begins
/// again after three rounds, each with a delay for who is up and two for who is down: our candidate
/// up to the highest, that one's candidate, the leader.
void Ring::participate(Context& ctx) {
  participates_ = true;
  leader_.reset();
  const auto members = static_cast<std::int64_t>(config_.members.size());
  ctx.set_timer(NotElected{}, 6 * members * config_.longest_delay);
}

void Ring::on(const NotElected&, Context& ctx) {
  participates_ = false;
  hold_election(ctx);
}

void Ring::on(const Pass& pass, NodeId from, Context& ctx) {
  ctx.send(from, Received{pass.hop});
  take(pass.notice, ctx);
}

void Ring::take(Notice notice, Context& ctx) {
  // We are higher, so it ends here; or we know a higher leader, who was skipped while it was down.
  const bool is_low = notice.id < ctx.id() || (notice.is_elected && notice.id < leader_);
  if (is_low) return hold_election(ctx);
  if (notice.is_elected) return take_leader(std::move(notice), ctx);
  take_candidate(std::move(notice), ctx);
}

void Ring::take_candidate(Notice notice, Context& ctx) {
  if (notice.id == ctx.id()) return win(ctx);
  // It has been around, and its owner is gone: nobody else would ever stop it.
  if (has_passed_us(notice, ctx)) return;
  participate(ctx);
  pass_on(std::move(notice), ctx);
}

/// All others have passed our candidate on, but for those who were skipped. One of these may have
/// come up since, and lead.
void Ring::win(Context& ctx) {
  if (leader_ > ctx.id()) return hold_election(ctx);
  set_leader(ctx.id(), ctx);
  pass_on({.id = ctx.id(), .is_elected = true}, ctx);
}

void Ring::take_leader(Notice notice, Context& ctx) {
  const bool is_own = notice.id == ctx.id();
  if (!is_own && has_passed_us(notice, ctx)) return;
  // The leader, too, participates until its notice is back: lost on its way, it may have met a
  // higher process there.
  participates_ = false;
  ctx.cancel_timer(NotElected{});
  if (is_own) return;
  set_leader(notice.id, ctx);
  pass_on(std::move(notice), ctx);
}

void Ring::set_leader(NodeId leader, Context& ctx) {
  leader_ = leader;
  ctx.emit(Elected{leader});
}

void Ring::pass_on(Notice notice, Context& ctx) {
  notice.passed.push_back(ctx.id());
  hops_[++last_hop_] = {.to = successor(ctx.id()), .notice = std::move(notice)};
  send(last_hop_, ctx);
}

void Ring::send(std::uint64_t hop, Context& ctx) {
  const Hop& of = hops_.at(hop);
  if (of.to != ctx.id()) {
    ctx.send(of.to, Pass{hop, of.notice});
    return ctx.set_timer(NotReceived{hop}, 2 * config_.longest_delay);
  }
  const Notice back = of.notice;  // nobody else is up, so it has been around
  hops_.erase(hop);
  take(back, ctx);
}

void Ring::on(const Received& received, NodeId, Context& ctx) {
  ctx.cancel_timer(NotReceived{received.hop});
  hops_.erase(received.hop);
}

void Ring::on(const NotReceived& timer, Context& ctx) {
  Hop& hop = hops_.at(timer.hop);
  hop.to = successor(hop.to);
  send(timer.hop, ctx);
}

NodeId Ring::successor(NodeId of) const {
  const auto& members = config_.members;
  const auto next = std::next(std::ranges::find(members, of));
  return next == members.end() ? members.front() : *next;
}

}  // namespace octet::election::ring
