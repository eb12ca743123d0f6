#include "kv_server.h"

#include "runtime/erase/bytes.h"
#include "runtime/inside.h"

namespace octet::kv {

void KvServer::start(std::span<const Protocol::Record> recovered, ServerContext& ctx) {
  act_upon(octet::start_inside(raft_, ctx, recovered), ctx);
}

void KvServer::on(const Request& request, NodeId client, ServerContext& ctx) {
  if (const auto result = store_.answer_to(request.id)) {
    return ctx.send(client, Reply{request.id, *result});
  }
  const auto* get = std::get_if<Get>(&request.operation);
  if (get == nullptr || how_to_read_ == raft::Reads::log) return propose(request, ctx);
  read(request.id, get->key, ctx);
}

void KvServer::propose(const Request& request, ServerContext& ctx) {
  act_upon(octet::inside(raft_, ctx, raft::Input(raft::Propose{encode(request)})), ctx);
}

void KvServer::on(const raft::Protocol::Message& message, NodeId server, ServerContext& ctx) {
  act_upon(octet::inside(raft_, ctx, message, server), ctx);
}

void KvServer::on(const raft::Protocol::Timer& timer, ServerContext& ctx) {
  act_upon(octet::inside(raft_, ctx, timer), ctx);
}

void KvServer::act_upon(const std::vector<raft::Output>& told, ServerContext& ctx) {
  for (const raft::Output& output : told) {
    std::visit([&](const auto& content) { act_upon(content, ctx); }, output);
  }
  answer_reads(ctx);
}

/// Who received the request answers it: the leader of its term. When there is another one by now,
/// the client will ask that.
void KvServer::act_upon(const raft::Committed& committed, ServerContext& ctx) {
  Request request;
  decode(committed.command, request);
  const auto result = store_.apply(request);
  const raft::View raft = raft_.view();
  const bool is_ours = raft.role == raft::Role::leader && raft.term == committed.term;
  if (result && is_ours) ctx.send(request.id.client, Reply{request.id, *result});
}

void KvServer::act_upon(const raft::NotLeader& refused, ServerContext& ctx) {
  Request request;
  decode(refused.command, request);
  ctx.send(request.id.client, Redirect{request.id, refused.leader});
}

View KvServer::view() const {
  const raft::View raft = raft_.view();
  return {.raft = raft, .applied = raft.commit_index, .values = store_.values()};
}

}  // namespace octet::kv
