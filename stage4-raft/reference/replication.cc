#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "raft.h"

namespace octet::raft {

void Raft::on(const Propose& proposal, Context& ctx) {
  if (role_ != Role::leader) return ctx.emit(NotLeader{proposal.command, leader_});
  if (successor_) return ctx.emit(NotLeader{proposal.command, successor_});
  append(proposal.command);
  send_what_is_new(ctx);
}

void Raft::append(std::string command) {
  log_.replace(log_.last_index() + 1, std::vector<Entry>{{current_term_, std::move(command)}});
}

void Raft::on(const HeartbeatDue&, Context& ctx) {
  if (config_.pre_vote && !is_followed(ctx)) return follow_nobody(ctx);
  // It lengthens the lease, and shows whether a majority is there.
  if (config_.reads == Reads::lease || config_.pre_vote) round_ = next_round(ctx);
  for (auto& [server, follower] : followers_) {
    follower.go_back();
    send_entries(server, ctx);
  }
  write_what_is_new(ctx);
  ctx.set_timer(HeartbeatDue{}, config_.heartbeat);
  hand_over(ctx);
}

/// A few requests are under way to each follower, or one. What is proposed meanwhile goes together,
/// with the next one.
void Raft::send_what_is_new(Context& ctx) {
  bool has_sent = followers_.empty();
  for (const auto& [server, follower] : followers_) {
    while (follower.sent.size() < config_.most_requests && follower.next <= log_.last_index()) {
      send_entries(server, ctx);
      has_sent = true;
    }
  }
  if (has_sent) write_what_is_new(ctx);
}

/// A leader writes entries after it has sent them, at the same time as its followers do
/// (dissertation, §10.2.1). What it tells later waits for its disk.
void Raft::write_what_is_new(Context& ctx) {
  persist_what_is_new(ctx);
  advance_commit_index(ctx);  // of one server
}

void Raft::persist_what_is_new(Context& ctx) {
  if (persisted_ == log_.last_index()) return;
  const auto entries = log_.all().subspan(persisted_ - Index{0});
  ctx.persist(LogFrom{persisted_ + 1, {entries.begin(), entries.end()}});
  persisted_ = log_.last_index();
}

void Raft::send_entries(NodeId to, Context& ctx) {
  Follower& follower = followers_.at(to);
  const Index prev = follower.next - 1;
  std::vector<Entry> entries = log_.read(follower.next, config_.most_bytes);
  if (!entries.empty()) follower.sent.push_back(follower.next);
  follower.next = follower.next + entries.size();  // as if nothing were lost
  send_request(to, prev, std::move(entries), ctx);
}

void Raft::send_request(NodeId to, Index prev, std::vector<Entry> entries, Context& ctx) {
  ctx.send(to, AppendEntries{.term = current_term_,
                             .prev_log_index = prev,
                             .prev_log_term = log_.term_at(prev),
                             .entries = std::move(entries),
                             .leader_commit = commit_index_,
                             .round = round_});
}

void Raft::on(const AppendEntries& request, NodeId leader, Context& ctx) {
  observe(request.term, ctx);
  if (request.term < current_term_) {
    return ctx.send(leader, AppendReply{.term = current_term_, .success = false});
  }
  role_ = Role::follower;
  leader_ = leader;
  heard_ = ctx.now();
  wait_for_leader(ctx);
  const Index prev = request.prev_log_index;
  if (!log_.matches(prev, request.prev_log_term)) {
    return ctx.send(leader, AppendReply{.term = current_term_,
                                        .success = false,
                                        .next = log_.retry_from(prev),
                                        .round = request.round});
  }
  // What is there stays: the request may be old, and the log longer by now.
  const std::size_t known = log_.known(prev + 1, request.entries);
  if (known < request.entries.size()) {
    const auto from = request.entries.begin() + static_cast<std::ptrdiff_t>(known);
    const std::vector<Entry> unknown(from, request.entries.end());
    log_.replace(prev + 1 + known, unknown);
    ctx.persist(LogFrom{prev + 1 + known, unknown});
  }
  const Index last_new = prev + request.entries.size();
  commit_up_to(std::min(request.leader_commit, last_new), ctx);
  ctx.send(
      leader,
      AppendReply{
          .term = current_term_, .success = true, .next = last_new + 1, .round = request.round});
}

void Raft::on(const AppendReply& reply, NodeId server, Context& ctx) {
  observe(reply.term, ctx);
  if (role_ != Role::leader || reply.term != current_term_) return;
  Follower& follower = followers_.at(server);
  follower.round = std::max(follower.round, reply.round);
  reply.success ? follower.has_all_before(reply.next) : follower.lacks(reply.next);
  advance_commit_index(ctx);
  send_what_is_new(ctx);
  hand_over(ctx);
}

/// What a majority has is committed, if it is of this term (§5.4.2, Figure 8).
void Raft::advance_commit_index(Context& ctx) {
  std::vector<Index> matches = {persisted_};  // its own
  for (const auto& [server, follower] : followers_) matches.push_back(follower.match);
  std::ranges::sort(matches, std::greater());
  const Index on_majority = matches[majority() - 1];
  if (log_.term_at(on_majority) == current_term_) commit_up_to(on_majority, ctx);
  serve_reads(ctx);
}

void Raft::commit_up_to(Index index, Context& ctx) {
  while (commit_index_ < index) {
    commit_index_ = commit_index_ + 1;
    const Entry& entry = log_[commit_index_];
    if (entry.command.empty()) continue;
    ctx.emit(Committed{commit_index_, entry.term, entry.command});
  }
}

}  // namespace octet::raft
