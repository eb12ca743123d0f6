#include <algorithm>
#include <utility>

#include "replica.h"

namespace octet::followers {

/// A replica runs an epoch once: its promise to itself is on disk. So it chooses one leader at
/// most, also when it crashes.
void Replica::on(const FailOver& order, Context& ctx) {
  if (order.epoch <= promise_.epoch) return;
  promise({order.epoch, ctx.id()}, ctx);
  run_ = Run{.ends = {{ctx.id(), log_.end()}}};
  ask_again(ctx);
  choose(ctx);  // of one replica
}

void Replica::ask_again(Context& ctx) {
  if (run_->chosen) {
    ctx.send(*run_->chosen, Lead{promise_.epoch});
  } else {
    for (const NodeId replica : config_.replicas) {
      if (!run_->ends.contains(replica)) ctx.send(replica, Fence{promise_.epoch});
    }
  }
  ctx.set_timer(RetryDue{}, config_.retry);
}

void Replica::on(const Fence& fence, NodeId runner, Context& ctx) {
  if (is_over(fence.epoch)) return ctx.send(runner, Refused{promise_.epoch});
  if (promise_.epoch < fence.epoch || !promise_.to) promise({fence.epoch, runner}, ctx);
  if (promise_.to != runner) return;
  ctx.send(runner, Promised{promise_.epoch, log_.end()});
}

void Replica::on(const Promised& promised, NodeId replica, Context& ctx) {
  if (!run_ || run_->chosen || promised.epoch != promise_.epoch) return;
  run_->ends[replica] = promised.end;
  choose(ctx);
}

/// Two runs in one epoch must have a replica in common, which has promised to one of them alone.
/// And each write that was acknowledged must be in the log of one that has promised: it can refuse
/// it no more.
std::size_t Replica::promises_needed() const {
  const std::size_t replicas = config_.replicas.size();
  const std::size_t majority = replicas / 2 + 1;
  if (config_.durable_on == 1) return majority;  // what is on one disk alone may be lost
  return std::max(majority, replicas - config_.durable_on + 1);
}

/// The best log has the latest last entry, and is the longest of those. Its epoch counts first: a
/// leader of that epoch had all that was acknowledged before, and others may have taken more since
/// that nobody acknowledges (Raft, §5.4.1).
void Replica::choose(Context& ctx) {
  if (run_->ends.size() < promises_needed()) return;
  const auto best = std::ranges::max_element(run_->ends, {}, [&](const auto& promised) {
    const auto& [replica, end] = promised;
    return std::pair(end, replica == ctx.id());  // of equal ones itself
  });
  if (best->first == ctx.id()) return lead(ctx);
  run_->chosen = best->first;
  ask_again(ctx);
}

void Replica::on(const Lead& order, NodeId runner, Context& ctx) {
  if (is_over(order.epoch)) return ctx.send(runner, Refused{promise_.epoch});
  if (promise_ != Promise{order.epoch, runner}) return;
  // Whoever has an entry of the epoch has led in it already, maybe in a former life.
  if (log_.end().epoch == order.epoch) return;
  lead(ctx);
}

/// It begins with an entry of its own: what it has of former epochs is safe when that is (see
/// commit_what_is_durable).
void Replica::lead(Context& ctx) {
  role_ = Role::leader;
  leader_ = ctx.id();
  run_.reset();
  for (const NodeId replica : config_.replicas) {
    if (replica != ctx.id()) followers_[replica] = {.next = log_.last() + 1};
  }
  append({promise_.epoch, std::nullopt}, ctx);
  ctx.set_timer(RetryDue{}, config_.retry);
}

}  // namespace octet::followers
