#include "store_node.h"

#include <limits>
#include <variant>

#include "runtime/inside.h"

namespace octet::store {

void StoreNode::start(std::span<const Protocol::Record> recovered, Context& ctx) {
  octet::start_inside(hints_, ctx, recovered);
  act_upon(octet::start_inside(shelf_, ctx, recovered));
  for (const Slot slot : shelf_.served()) plant_tree(slot);
  life_ = ctx.choose(std::numeric_limits<std::uint64_t>::max());
  ctx.set_timer(RepairDue{}, config_.repair / 2, config_.repair);
}

void StoreNode::on(const NewMap& news, Context& ctx) {
  const slots::ShelfProtocol::Input input = slots::NewMap{news.map};
  act_upon(octet::inside(shelf_, ctx, input));
}

/// Maps spread with refusals, too: the operator may not have reached this node.
void StoreNode::on(const NotServed& news, NodeId, Context& ctx) {
  on(NewMap{news.map}, ctx);
}

void StoreNode::on(const slots::ShelfProtocol::Message& message, NodeId node, Context& ctx) {
  act_upon(octet::inside(shelf_, ctx, message, node));
}

void StoreNode::on(const slots::ShelfProtocol::Timer& timer, Context& ctx) {
  act_upon(octet::inside(shelf_, ctx, timer));
}

void StoreNode::act_upon(const std::vector<slots::ShelfProtocol::Output>& told) {
  for (const auto& output : told) {
    if (const auto* arrived = std::get_if<slots::Arrived>(&output)) plant_tree(arrived->slot);
    if (const auto* left = std::get_if<slots::Left>(&output)) trees_.erase(left->slot);
  }
}

View StoreNode::view() const {
  const auto shown = [](const Keys& keys) {
    View::Keys values;
    for (const auto& [key, copy] : keys) values[key] = copy.values();
    return values;
  };
  View view;
  view.epoch = shelf_.map().epoch;
  for (const Slot slot : shelf_.served()) view.slots[slot] = shown(copies_in(slot));
  for (const auto& [slot, hinted] : hints_.all()) view.hints[slot] = shown(hinted);
  return view;
}

}  // namespace octet::store
