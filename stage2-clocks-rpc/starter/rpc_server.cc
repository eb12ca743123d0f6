#include "rpc_server.h"

#include "runtime/check.h"

namespace octet::rpc {

Server::Server(ServerConfig config) {
  YOUR_CODE_HERE;
}

void Server::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  YOUR_CODE_HERE;
}

void Server::on(const Request& request, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Server::on(const Reply& reply, NodeId from, Context& ctx) {
  YOUR_CODE_HERE;
}

void Server::on(const Executed& executed, Context& ctx) {
  YOUR_CODE_HERE;
}

}  // namespace octet::rpc
