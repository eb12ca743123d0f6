#include "store_node.h"

#include "runtime/check.h"
#include "runtime/inside.h"

namespace octet::store {

void StoreNode::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  act_upon(octet::start_inside(shelf_, ctx, recovered));
}

void StoreNode::on(const NewMap& news, Context& ctx) {
  const slots::ShelfProtocol::Input input = slots::NewMap{news.map};
  act_upon(octet::inside(shelf_, ctx, input));
}

void StoreNode::on(const slots::ShelfProtocol::Message& message, NodeId node, Context& ctx) {
  act_upon(octet::inside(shelf_, ctx, message, node));
}

void StoreNode::on(const slots::ShelfProtocol::Timer& timer, Context& ctx) {
  act_upon(octet::inside(shelf_, ctx, timer));
}

void StoreNode::act_upon(const std::vector<slots::ShelfProtocol::Output>& told) {
  if (told.empty()) return;
  YOUR_CODE_HERE;
}

View StoreNode::view() const {
  YOUR_CODE_HERE;
}

}  // namespace octet::store
