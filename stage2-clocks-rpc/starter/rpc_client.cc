#include "rpc_client.h"

#include "runtime/check.h"

namespace octet::rpc {

Client::Client(ClientConfig config) {
  YOUR_CODE_HERE;
}

void Client::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void Client::on(const Call& call, Context& ctx) {
  YOUR_CODE_HERE;
}

void Client::on(const Request& request, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Client::on(const Reply& reply, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Client::on(const RetryDue& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

void Client::on(const GiveUpDue& timer, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::rpc
