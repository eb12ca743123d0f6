#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "raft.h"

namespace octet::raft {
namespace {

/// An answer may be lost. More than so many are not waited for.
constexpr std::size_t most_asked = 10'000;

}  // namespace

void Raft::on(const Read& read, Context& ctx) {
  if (!leader_ || asked_.size() == most_asked) return ctx.emit(NoRead{read.number, leader_});
  asked_.insert(read.number);
  const AskReadIndex question{.number = read.number, .life = started_};
  if (role_ == Role::leader) return on(question, ctx.id(), ctx);
  ctx.send(*leader_, question);
}

void Raft::on(const AskReadIndex& question, NodeId asker, Context& ctx) {
  const WaitingRead read{.asker = asker, .question = question, .round = round_.number + 1};
  if (role_ != Role::leader) return answer(read, std::nullopt, ctx);
  reads_.push_back(read);
  serve_reads(ctx);
}

void Raft::on(const ReadIndex& answer, NodeId, Context& ctx) {
  if (answer.asked.life != started_ || asked_.erase(answer.asked.number) == 0) return;
  if (!answer.index) return ctx.emit(NoRead{answer.asked.number, leader_});
  ctx.emit(ReadAt{answer.asked.number, *answer.index});
}

/// What earlier leaders have committed is known to be so when an entry of this term is. And nobody
/// had committed anything in a later term when a read came, if a majority has followed this leader
/// since then.
void Raft::serve_reads(Context& ctx) {
  if (reads_.empty() || log_.term_at(commit_index_) != current_term_) return;
  const Round confirmed = confirmed_round();
  const bool is_leased = has_lease(ctx);
  while (!reads_.empty() && (is_leased || reads_.front().round <= confirmed.number)) {
    answer(reads_.front(), commit_index_, ctx);
    reads_.pop_front();
  }
  // One round is under way at a time. Reads that come meanwhile go together, with the next one.
  if (!reads_.empty() && round_ == confirmed) begin_round(ctx);
}

void Raft::answer(const WaitingRead& read, std::optional<Index> index, Context& ctx) {
  const ReadIndex answer{.asked = read.question, .index = index};
  if (read.asker == ctx.id()) return on(answer, ctx.id(), ctx);
  ctx.send(read.asker, answer);
}

/// Another server may lead by now.
void Raft::give_up_reads(Context& ctx) {
  for (const WaitingRead& read : std::exchange(reads_, {})) answer(read, std::nullopt, ctx);
  for (const std::uint64_t number : std::exchange(asked_, {})) ctx.emit(NoRead{number, leader_});
}

/// What is lost of it comes again with the next heartbeat.
void Raft::begin_round(Context& ctx) {
  round_ = next_round(ctx);
  for (const auto& [server, follower] : followers_) send_request(server, follower.match, {}, ctx);
  serve_reads(ctx);  // of one server
}

Round Raft::next_round(const Context& ctx) const {
  return {.number = round_.number + 1, .begun = ctx.now()};
}

/// The latest that a majority has answered, this server among them.
Round Raft::confirmed_round() const {
  std::vector<Round> answered = {round_};
  for (const auto& [server, follower] : followers_) answered.push_back(follower.round);
  std::ranges::sort(answered, std::greater());
  return answered[majority() - 1];
}

/// Those who answered a round vote for nobody until election_timeout later, on their clocks. While
/// these run as fast as may be, and ours as slow, ours shows so much less.
bool Raft::has_lease(const Context& ctx) const {
  constexpr std::int64_t million = 1'000'000;
  const std::int64_t drift = config_.most_drift;
  const Duration length = config_.election_timeout * (million - drift) / (million + drift);
  const Round confirmed = confirmed_round();
  return config_.reads == Reads::lease && !has_handed_over_ && confirmed.number > 0 &&
         ctx.now() < confirmed.begun + length;
}

/// A leader that was heard so lately may hold a lease.
bool Raft::has_promised_not_to_vote(const Context& ctx) const {
  return config_.reads == Reads::lease && ctx.now() < heard_ + config_.election_timeout;
}

}  // namespace octet::raft
