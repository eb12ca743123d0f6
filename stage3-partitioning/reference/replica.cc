#include "replica.h"

namespace octet::followers {

void Replica::start(std::span<const Protocol::Record> recovered, Context&) {
  for (const auto& record : recovered) {
    std::visit([this](const auto& content) { recover(content); }, record);
  }
}

void Replica::recover(const Promise& promise) {
  promise_ = promise;
}

void Replica::recover(const LogFrom& record) {
  log_.replace(record.index, record.entries);
}

/// From now on everything that speaks for an earlier epoch is refused (LF5).
void Replica::promise(Promise promise, Context& ctx) {
  if (promise_.epoch != promise.epoch) {
    role_ = Role::follower;
    leader_.reset();
    run_.reset();
    followers_.clear();
    submitted_.clear();
  }
  promise_ = promise;
  ctx.persist(promise_);
}

void Replica::on(const Refused& refused, NodeId, Context& ctx) {
  if (promise_.epoch < refused.epoch) promise({refused.epoch}, ctx);
}

void Replica::on(const RetryDue&, Context& ctx) {
  if (run_) ask_again(ctx);
  if (role_ == Role::follower) return;
  for (const auto& [follower, state] : followers_) send_entries(follower, ctx);
  ctx.set_timer(RetryDue{}, config_.retry);
}

View Replica::view() const {
  return {.role = role_,
          .epoch = promise_.epoch,
          .log = log_.all(),
          .applied = values_.applied(),
          .values = values_.all()};
}

}  // namespace octet::followers
