#include "shard_server.h"

#include "runtime/erase/bytes.h"
#include "runtime/inside.h"

namespace octet::shards {

void ShardServer::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  octet::start_inside(shelf_, ctx, recovered);
}

void ShardServer::on(const NewMap& input, Context& ctx) {
  octet::inside(shelf_, ctx, slots::ShelfProtocol::Input(slots::NewMap{input.map}));
}

void ShardServer::on(const Request& request, Context& ctx) {
  if (!shelf_.serves(slot_of(key_of(request.operation)))) {
    return ctx.emit(NotHere{request.id, shelf_.map()});
  }
  ctx.emit(Done{request.id, result_of(request, ctx)});
}

void ShardServer::on(const slots::ShelfProtocol::Message& message, NodeId from, Context& ctx) {
  octet::inside(shelf_, ctx, message, from);
}

void ShardServer::on(const slots::ShelfProtocol::Timer& timer, Context& ctx) {
  octet::inside(shelf_, ctx, timer);
}

Slot ShardServer::slot_of(const std::string& key) const {
  const SlotMap& map = shelf_.map();
  return slots::slot_of(map, slots::partition_of(map, key), 0);
}

KeyState ShardServer::state_of(const std::string& key) const {
  KeyState state;
  const slots::Contents& contents = shelf_.contents(slot_of(key));
  const auto place = contents.find(key);
  if (place != contents.end()) decode(place->second, state);
  return state;
}

Result ShardServer::result_of(const Request& request, Context& ctx) {
  const std::string& key = key_of(request.operation);
  KeyState state = state_of(key);
  if (std::holds_alternative<Get>(request.operation)) return read(state, ctx.wall_clock());
  if (const auto before = answer_to(state, request.id)) return *before;
  const Written written = write(state, request, ctx.wall_clock());
  keep(key, state, ctx);
  return written;
}

void ShardServer::keep(const std::string& key, const KeyState& state, Context& ctx) {
  const slots::Keep input{slot_of(key), key, encode(state)};
  octet::inside(shelf_, ctx, slots::ShelfProtocol::Input(input));
}

View ShardServer::view() const {
  View view{.epoch = shelf_.map().epoch, .held = {}};
  for (const Slot slot : shelf_.held()) {
    view.held[slot] = {.serves = shelf_.serves(slot), .keys = shelf_.contents(slot).size()};
  }
  return view;
}

}  // namespace octet::shards
