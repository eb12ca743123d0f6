#include "shard_server.h"

#include "runtime/check.h"
#include "runtime/inside.h"

namespace octet::shards {

void ShardServer::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  octet::start_inside(shelf_, ctx, recovered);
}

void ShardServer::on(const NewMap& input, Context& ctx) {
  octet::inside(shelf_, ctx, slots::ShelfProtocol::Input(slots::NewMap{input.map}));
}

void ShardServer::on(const Request& request, Context& ctx) {
  YOUR_CODE_HERE;
}

void ShardServer::on(const slots::ShelfProtocol::Message& message, NodeId from, Context& ctx) {
  octet::inside(shelf_, ctx, message, from);  // returns what has arrived and left, if you need it
}

void ShardServer::on(const slots::ShelfProtocol::Timer& timer, Context& ctx) {
  octet::inside(shelf_, ctx, timer);
}

View ShardServer::view() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::shards
