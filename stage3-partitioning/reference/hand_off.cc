#include "runtime/erase/bytes.h"
#include "runtime/inside.h"
#include "store_node.h"

/// How the owners of slots get what others have kept for them (hinted hand-off, §4.6).
namespace octet::store {

void StoreNode::hint(const HintsProtocol::Input& input, Context& ctx) {
  octet::inside(hints_, ctx, input);
}

/// The slot may have another owner by now than when this was hinted; even this node itself.
void StoreNode::offer_hints(Slot slot, Context& ctx) {
  const auto hinted = hints_.all().find(slot);
  if (hinted == hints_.all().end()) return;
  HandOff offer{slot, {}};
  std::size_t bytes = 0;
  for (const auto& [key, copy] : hinted->second) {
    if (bytes >= most_bytes) break;  // the others follow when these are there
    bytes += key.size() + encode(copy).size();
    offer.copies.emplace(key, copy);
  }
  tell(slots::owner_of(shelf_.map(), slot), offer, ctx);
}

void StoreNode::on(const HandOff& offer, NodeId stand_in, Context& ctx) {
  if (!shelf_.serves(offer.slot)) return tell(stand_in, NotServed{shelf_.map()}, ctx);
  HandedOff answer{offer.slot, {}};
  for (const auto& [key, copy] : offer.copies) {
    take_in(offer.slot, key, copy, ctx);
    answer.copies[key] = digest_of(key, copy);
  }
  tell(stand_in, answer, ctx);
}

void StoreNode::on(const HandedOff& answer, NodeId, Context& ctx) {
  const std::size_t before = hints_.size();
  for (const auto& [key, digest] : answer.copies) hint(DropHint{answer.slot, key, digest}, ctx);
  if (hints_.size() < before) offer_hints(answer.slot, ctx);
}

}  // namespace octet::store
