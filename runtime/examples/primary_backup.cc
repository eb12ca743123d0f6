#include "runtime/examples/primary_backup.h"

#include <algorithm>

namespace octet::examples::primary_backup {

using std::chrono::milliseconds;

void Replica::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  is_primary_ = ctx.id() == config_.primary;
  for (const auto& record : recovered) log_.push_back(std::get<Entry>(record).entry);
  if (is_primary_) send_next(ctx);
}

void Replica::on(const Append& append, Context& ctx) {
  if (!is_primary_) return;
  log_.push_back(append.entry);
  ctx.persist(Entry{append.entry});
  // The copy leaves after our own entry is durable; so who hears of it can count both disks.
  if (log_.size() == copied_ + 1) send_next(ctx);
}

void Replica::on(const Copy& copy, NodeId from, Context& ctx) {
  const bool is_next = copy.number == log_.size() + 1;
  if (is_next) log_.push_back(copy.entry);
  if (config_.is_hasty) ctx.send(from, Copied{log_.size()});
  if (is_next) ctx.persist(Entry{copy.entry});
  if (!config_.is_hasty) ctx.send(from, Copied{log_.size()});
}

void Replica::on(const Copied& copied, NodeId, Context& ctx) {
  if (copied.upto <= copied_) return;  // an old answer
  while (copied_ < std::min<std::uint64_t>(copied.upto, log_.size())) ctx.emit(Stored{++copied_});
  ctx.cancel_timer(ResendDue{});
  send_next(ctx);
}

void Replica::on(const ResendDue&, Context& ctx) {
  send_next(ctx);
}

/// One entry at a time; without an answer, the same again.
void Replica::send_next(Context& ctx) {
  if (copied_ == log_.size()) return;
  ctx.send(config_.backup, Copy{copied_ + 1, log_[copied_]});
  ctx.set_timer(ResendDue{}, milliseconds(100), milliseconds(200));
}

}  // namespace octet::examples::primary_backup
