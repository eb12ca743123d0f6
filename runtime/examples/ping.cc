#include "runtime/examples/ping.h"

namespace octet::examples::ping {

using std::chrono::milliseconds;

void Pinger::start(std::span<const Protocol::Record>, Context&) {}

void Pinger::on(const Ask& ask, Context& ctx) {
  waiting_.emplace(++asked_, ask.whom);
  send_ping(asked_, ctx);
}

void Pinger::on(const Ping& ping, NodeId from, Context& ctx) {
  ctx.send(from, Pong{ping.number});
}

void Pinger::on(const Pong& pong, NodeId, Context& ctx) {
  if (waiting_.erase(pong.number) == 0) return;  // the answer to a ping that was sent twice
  ctx.cancel_timer(RetryDue{pong.number});
  ctx.emit(Answered{pong.number});
}

void Pinger::on(const RetryDue& retry, Context& ctx) {
  send_ping(retry.number, ctx);
}

void Pinger::send_ping(std::uint64_t number, Context& ctx) {
  ctx.send(waiting_.at(number), Ping{number});
  // Apart from each other, so that retries of many do not come in one burst.
  ctx.set_timer(RetryDue{number}, milliseconds(100), milliseconds(200));
}

}  // namespace octet::examples::ping
