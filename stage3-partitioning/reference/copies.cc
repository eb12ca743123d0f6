#include "runtime/erase/bytes.h"
#include "runtime/inside.h"
#include "store_node.h"

/// The copies that this node has, and what coordinators ask of them.
namespace octet::store {

void StoreNode::on(const ReadCopy& ask, NodeId coordinator, Context& ctx) {
  if (ask.stand_in) {
    tell(coordinator, CopyRead{ask.id, ask.slot, hints_.copy_of(ask.slot, ask.key), true}, ctx);
  } else if (shelf_.serves(ask.slot)) {
    tell(coordinator, CopyRead{ask.id, ask.slot, copy_of(ask.slot, ask.key)}, ctx);
  } else {
    tell(coordinator, NotServed{shelf_.map()}, ctx);
  }
}

/// The answer waits for the disk, as everything does that is sent after a record.
void StoreNode::on(const StoreCopy& ask, NodeId coordinator, Context& ctx) {
  if (ask.stand_in) {
    hint(KeepHint{ask.slot, ask.key, ask.copy}, ctx);
  } else if (shelf_.serves(ask.slot)) {
    take_in(ask.slot, ask.key, ask.copy, ctx);
  } else {
    return tell(coordinator, NotServed{shelf_.map()}, ctx);
  }
  tell(coordinator, CopyStored{ask.id, ask.slot}, ctx);
}

std::vector<Slot> StoreNode::slots_of(const std::string& key) const {
  const SlotMap& map = shelf_.map();
  std::vector<Slot> slots;
  for (std::uint32_t copy = 0; copy < map.copies; ++copy) {
    slots.push_back(slots::slot_of(map, slots::partition_of(map, key), copy));
  }
  return slots;
}

Siblings StoreNode::copy_of(Slot slot, const std::string& key) const {
  Siblings copy;
  const slots::Shelf::Contents& contents = shelf_.contents(slot);
  if (const auto place = contents.find(key); place != contents.end()) decode(place->second, copy);
  return copy;
}

/// Merges, and never overwrites: what is there may be newer, or neither (AE1).
void StoreNode::take_in(Slot slot, const std::string& key, const Siblings& copy, Context& ctx) {
  const slots::Shelf::Contents& contents = shelf_.contents(slot);
  const auto place = contents.find(key);
  Siblings merged = copy_of(slot, key);
  merged.merge(copy);
  std::string state = encode(merged);
  if (place != contents.end() && place->second == state) return;
  const Digest before = place == contents.end() ? Digest{} : digest_of(key, place->second);
  trees_[slot].change(key, before, digest_of(key, state));
  const slots::ShelfProtocol::Input input = slots::Keep{slot, key, std::move(state)};
  act_upon(octet::inside(shelf_, ctx, input));
}

StoreNode::Keys StoreNode::copies_in(Slot slot) const {
  Keys copies;
  for (const auto& [key, state] : shelf_.contents(slot)) decode(state, copies[key]);
  return copies;
}

void StoreNode::plant_tree(Slot slot) {
  HashTree& tree = trees_[slot] = {};
  for (const auto& [key, state] : shelf_.contents(slot)) {
    tree.change(key, Digest{}, digest_of(key, state));
  }
}

}  // namespace octet::store
