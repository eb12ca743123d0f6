#include "kv_client.h"

#include <algorithm>
#include <utility>

namespace octet::kv {
namespace {

std::size_t bytes_of(const Operation& operation) {
  struct Count {
    std::size_t operator()(const Get& get) const { return get.key.size(); }
    std::size_t operator()(const Put& put) const { return put.key.size() + put.value.size(); }
    std::size_t operator()(const Append& append) const {
      return append.key.size() + append.value.size();
    }
    std::size_t operator()(const Cas& cas) const {
      return cas.key.size() + cas.expected.size() + cas.value.size();
    }
  };
  return std::visit(Count(), operation);
}

}  // namespace

/// What an earlier life has asked for may still be under way, so this one needs a name of its own.
void KvClient::start(std::span<const Protocol::Record> recovered, ClientContext& ctx) {
  life_ = recovered.size() + 1;
  ctx.persist(Life{life_});
}

void KvClient::on(const Call& call, ClientContext& ctx) {
  if (bytes_of(call.operation) > config_.most_bytes) return ctx.emit(Failed{call.number});
  calls_[++last_] = {
      .number = call.number, .operation = call.operation, .until = ctx.now() + config_.patience};
  ask(last_, ctx);
}

/// Sends the call to the leader, as far as that is known, and waits for the answer.
void KvClient::ask(std::uint64_t sequence, ClientContext& ctx) {
  OpenCall& call = calls_.at(sequence);
  call.asked = leader_;
  ctx.send(leader_, Request{.id = {ctx.id(), life_, sequence},
                            .first_open = calls_.begin()->first,
                            .operation = call.operation});
  ctx.set_timer(RetryDue{sequence}, std::min(config_.retry, call.until - ctx.now()));
}

void KvClient::on(const RetryDue& timer, ClientContext& ctx) {
  OpenCall& call = calls_.at(timer.sequence);
  if (ctx.now() >= call.until) return end(timer.sequence, Unknown{call.number}, ctx);
  call.is_redirected = false;
  if (call.asked == leader_) leader_ = next_after(leader_);
  ask(timer.sequence, ctx);
}

void KvClient::on(const Redirect& redirect, NodeId server, ClientContext& ctx) {
  if (!is_open(redirect.id)) return;
  OpenCall& call = calls_.at(redirect.id.sequence);
  if (server == leader_) leader_ = redirect.leader.value_or(next_after(server));
  // Servers that send it back and forth have to wait for a retry.
  if (call.is_redirected || !redirect.leader) return;
  call.is_redirected = true;
  ask(redirect.id.sequence, ctx);
}

void KvClient::on(const Reply& reply, NodeId, ClientContext& ctx) {
  if (!is_open(reply.id)) return;
  const std::uint64_t sequence = reply.id.sequence;
  end(sequence, Done{calls_.at(sequence).number, reply.result}, ctx);
}

void KvClient::end(std::uint64_t sequence, ClientOutput how, ClientContext& ctx) {
  ctx.cancel_timer(RetryDue{sequence});
  calls_.erase(sequence);
  ctx.emit(std::move(how));
}

bool KvClient::is_open(const CallId& id) const {
  return id.life == life_ && calls_.contains(id.sequence);
}

NodeId KvClient::next_after(NodeId server) const {
  const auto& servers = config_.servers;
  const auto place = std::ranges::find(servers, server);
  return place == servers.end() || place + 1 == servers.end() ? servers.front() : *(place + 1);
}

}  // namespace octet::kv
