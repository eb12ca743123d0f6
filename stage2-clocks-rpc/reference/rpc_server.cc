#include "rpc_server.h"

#include <algorithm>

namespace octet::rpc {

Server::Server(ServerConfig) {}

void Server::start(std::span<const Protocol::Record>, Context&) {}

void Server::on(const Request& request, NodeId from, Context& ctx) {
  Session& session = sessions_[from];
  if (request.incarnation > session.incarnation) session = {.incarnation = request.incarnation};
  // Nobody waits for the calls of an earlier life.
  if (request.incarnation < session.incarnation) return;
  keep_what_is_open(session, request);

  const Caller caller{from, request.incarnation, request.sequence};
  Remembered* call = find(caller);
  if (call == nullptr) return;  // a late copy: the call has ended
  if (call->result) return send_reply(caller, *call->result, ctx);
  if (call->is_begun) return;  // a copy while it runs; the reply comes when it is done
  call->is_begun = true;
  executing_.emplace(++last_ticket_, caller);
  ctx.emit(Execute{last_ticket_, request.body});
}

void Server::on(const Reply&, NodeId, Context&) {}

void Server::on(const Executed& executed, Context& ctx) {
  const auto found = executing_.find(executed.ticket);
  if (found == executing_.end()) return;
  const Caller caller = found->second;
  executing_.erase(found);
  Remembered* call = find(caller);
  if (call == nullptr) return;  // the client has given up, or has a new life
  call->result = executed.result;
  send_reply(caller, executed.result, ctx);
}

Server::View Server::view() const {
  View view{.executing = executing_.size()};
  for (const auto& [client, session] : sessions_) view.remembered += session.calls.size();
  return view;
}

/// A call is forgotten only after the client has said that it waits no more. An old request knows
/// of fewer calls, so it may say nothing about those above its newest.
void Server::keep_what_is_open(Session& session, const Request& request) {
  std::erase_if(session.calls, [&](const auto& call) {
    const bool is_known = call.first <= request.newest;
    return is_known && !std::ranges::binary_search(request.open, call.first);
  });
  for (const std::uint64_t sequence : request.open) {
    if (sequence > session.newest) session.calls.try_emplace(sequence);
  }
  session.newest = std::max(session.newest, request.newest);
}

/// The call, unless it has ended.
Server::Remembered* Server::find(const Caller& caller) {
  Session& session = sessions_[caller.client];
  if (caller.incarnation != session.incarnation) return nullptr;
  const auto call = session.calls.find(caller.sequence);
  return call == session.calls.end() ? nullptr : &call->second;
}

void Server::send_reply(const Caller& caller, const std::string& result, Context& ctx) {
  ctx.send(caller.client, Reply{caller.incarnation, caller.sequence, result});
}

}  // namespace octet::rpc
