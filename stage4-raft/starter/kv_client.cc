#include "kv_client.h"

#include "runtime/check.h"

namespace octet::kv {

void KvClient::start(std::span<const Protocol::Record> recovered, ClientContext& ctx) {}

void KvClient::on(const Call& call, ClientContext& ctx) {
  YOUR_CODE_HERE;
}

void KvClient::on(const RetryDue& timer, ClientContext& ctx) {
  YOUR_CODE_HERE;
}

void KvClient::on(const Reply& reply, NodeId server, ClientContext& ctx) {
  YOUR_CODE_HERE;
}

void KvClient::on(const Redirect& redirect, NodeId server, ClientContext& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::kv
