#include "kv_server.h"

#include "runtime/check.h"
#include "runtime/erase/bytes.h"
#include "runtime/inside.h"

namespace octet::kv {

void KvServer::start(std::span<const Protocol::Record> recovered, ServerContext& ctx) {
  act_upon(octet::start_inside(raft_, ctx, recovered), ctx);
}

/// A command of the log is bytes: encode(request) makes them, and decode(bytes, request) reads
/// them.
void KvServer::on(const Request& request, NodeId client, ServerContext& ctx) {
  YOUR_CODE_HERE;
}

void KvServer::on(const raft::Protocol::Message& message, NodeId server, ServerContext& ctx) {
  act_upon(octet::inside(raft_, ctx, message, server), ctx);
}

void KvServer::on(const raft::Protocol::Timer& timer, ServerContext& ctx) {
  act_upon(octet::inside(raft_, ctx, timer), ctx);
}

void KvServer::act_upon(const Told& told, ServerContext& ctx) {
  if (told.empty()) return;
  YOUR_CODE_HERE;
}

View KvServer::view() const {
  const raft::View raft = raft_.view();
  return {.raft = raft, .applied = raft.commit_index, .values = store_.values()};
}

}  // namespace octet::kv
