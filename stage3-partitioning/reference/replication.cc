#include <algorithm>
#include <functional>
#include <utility>
#include <vector>

#include "replica.h"

namespace octet::followers {

void Replica::on(const Submit& submit, Context& ctx) {
  if (role_ == Role::follower) return ctx.emit(NotLeader{submit.number, leader_});
  submitted_[log_.last() + 1] = submit.number;
  append({promise_.epoch, submit.write}, ctx);
}

void Replica::append(Entry entry, Context& ctx) {
  write(log_.last() + 1, std::vector{std::move(entry)}, ctx);
  send_what_is_new(ctx);
  commit_what_is_durable(ctx);  // with durable_on 1
}

void Replica::write(Index from, std::span<const Entry> entries, Context& ctx) {
  if (from <= values_.applied()) {  // only with durable_on 1
    values_ = {};
    apply_up_to(from - 1);
  }
  log_.replace(from, entries);
  ctx.persist(LogFrom{from, {entries.begin(), entries.end()}});
}

/// One batch is under way to each follower. What is submitted meanwhile goes together, with the
/// next one.
void Replica::send_what_is_new(Context& ctx) {
  for (const auto& [id, follower] : followers_) {
    if (!follower.under_way && follower.next <= log_.last()) send_entries(id, ctx);
  }
}

void Replica::send_entries(NodeId to, Context& ctx) {
  Follower& follower = followers_.at(to);
  std::vector<Entry> entries = log_.read(follower.next, config_.most_entries);
  follower.under_way = !entries.empty();
  ctx.send(to, Replicate{.epoch = promise_.epoch,
                         .prev = log_.place(follower.next - 1),
                         .entries = std::move(entries),
                         .committed = values_.applied()});
}

void Replica::on(const Replicate& request, NodeId leader, Context& ctx) {
  if (is_over(request.epoch)) return ctx.send(leader, Refused{promise_.epoch});
  if (promise_.epoch < request.epoch) promise({request.epoch}, ctx);
  leader_ = leader;
  run_.reset();
  const Index prev = request.prev.index;
  if (!log_.has(request.prev)) {
    return ctx.send(leader, Mismatch{promise_.epoch, log_.retry_from(prev)});
  }
  // What is there stays: the request may be old, and the log longer by now (LF2).
  const std::span<const Entry> entries = request.entries;
  const std::size_t known = log_.known(prev + 1, entries);
  if (known < entries.size()) write(prev + 1 + known, entries.subspan(known), ctx);
  const Index compared = prev + entries.size();
  apply_up_to(std::min(request.committed, compared));
  serve_reads(ctx);
  ctx.send(leader, Replicated{promise_.epoch, compared});
}

void Replica::on(const Replicated& reply, NodeId follower, Context& ctx) {
  if (!leads(reply.epoch)) return;
  followers_.at(follower).has(reply.index);
  commit_what_is_durable(ctx);
  send_what_is_new(ctx);
}

void Replica::on(const Mismatch& reply, NodeId follower, Context& ctx) {
  if (!leads(reply.epoch)) return;
  followers_.at(follower).lacks(reply.next);
  send_what_is_new(ctx);
}

/// What is on enough disks is safe, if it is of this epoch (LF1): each later fail-over hears of it,
/// and finds no log better that lacks it. An entry of an earlier epoch may be on as many disks and
/// still lose against a log with a later last entry, which its replica has taken alone (Raft,
/// Figure 8).
void Replica::commit_what_is_durable(Context& ctx) {
  std::vector<Index> disks = {log_.last()};  // its own: what it tells waits for that
  for (const auto& [id, follower] : followers_) disks.push_back(follower.match);
  std::ranges::sort(disks, std::greater());
  const Index durable = disks[config_.durable_on - 1];
  if (log_.epoch_at(durable) != promise_.epoch) return;
  apply_up_to(durable);
  serve_reads(ctx);
  while (!submitted_.empty() && submitted_.begin()->first <= durable) {
    const auto [index, number] = *submitted_.begin();
    submitted_.erase(submitted_.begin());
    ctx.emit(Acknowledged{number, log_.place(index)});
  }
}

void Replica::apply_up_to(Index index) {
  while (values_.applied() < index) values_.apply(log_[values_.applied() + 1]);
}

}  // namespace octet::followers
