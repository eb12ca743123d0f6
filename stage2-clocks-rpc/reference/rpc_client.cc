#include "rpc_client.h"

#include <utility>

namespace octet::rpc {

Client::Client(ClientConfig config) : config_(config) {}

void Client::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  incarnation_ = recovered.empty() ? 1 : std::get<Incarnation>(recovered.back()).number + 1;
  // Requests leave when this is durable, so no two lives ask with one number.
  ctx.compact({Incarnation{incarnation_}});
}

void Client::on(const Call& call, Context& ctx) {
  open_.emplace(++newest_, Open{call.tag, call.body});
  ctx.set_timer(GiveUpDue{newest_}, config_.give_up_after);
  send_request(newest_, ctx);
}

void Client::on(const Request&, NodeId, Context&) {}

void Client::on(const Reply& reply, NodeId, Context& ctx) {
  if (reply.incarnation != incarnation_) return;  // to an earlier life
  const auto call = open_.find(reply.sequence);
  if (call == open_.end()) return;  // a copy, or too late
  end(reply.sequence, Returned{call->second.tag, reply.result}, ctx);
}

void Client::on(const RetryDue& timer, Context& ctx) {
  send_request(timer.sequence, ctx);
}

void Client::on(const GiveUpDue& timer, Context& ctx) {
  // Perhaps only the reply was lost, or the request still comes: nobody here can know.
  end(timer.sequence, Unknown{open_.at(timer.sequence).tag}, ctx);
}

Client::View Client::view() const {
  return {.incarnation = incarnation_, .open = open_.size()};
}

void Client::send_request(std::uint64_t sequence, Context& ctx) {
  Request request{.incarnation = incarnation_,
                  .sequence = sequence,
                  .newest = newest_,
                  .body = open_.at(sequence).body};
  for (const auto& [each, call] : open_) request.open.push_back(each);
  ctx.send(config_.server, std::move(request));
  // Apart from each other, so that retries of many do not come in one burst.
  ctx.set_timer(RetryDue{sequence}, config_.retry_after, 2 * config_.retry_after);
}

void Client::end(std::uint64_t sequence, const ClientOutput& output, Context& ctx) {
  open_.erase(sequence);
  ctx.cancel_timer(RetryDue{sequence});
  ctx.cancel_timer(GiveUpDue{sequence});
  ctx.emit(output);
}

}  // namespace octet::rpc
