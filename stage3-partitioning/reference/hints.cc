#include "runtime/erase/bytes.h"
#include "store_node.h"

/// What this node keeps for the owners of slots, until they have it (hinted hand-off, §4.6).
namespace octet::store {
namespace {

/// Offered for a slot at a time.
constexpr std::size_t most_offered = 100;

Digest digest_of(const std::string& key, const Siblings& copy) {
  return store::digest_of(key, encode(copy));
}

}  // namespace

Siblings StoreNode::hint_of(Slot slot, const std::string& key) const {
  const auto hinted = hints_.find(slot);
  if (hinted == hints_.end()) return {};
  const auto place = hinted->second.find(key);
  return place == hinted->second.end() ? Siblings() : place->second;
}

void StoreNode::hint(Slot slot, const std::string& key, const Siblings& copy, Context& ctx) {
  Siblings merged = hint_of(slot, key);
  merged.merge(copy);
  if (merged == hint_of(slot, key)) return;
  hints_[slot][key] = merged;
  ctx.persist(Hint{slot, key, std::move(merged)});
}

void StoreNode::recover(const Hint& hint) {
  if (hint.copy) {
    hints_[hint.slot][hint.key] = *hint.copy;
  } else {
    hints_[hint.slot].erase(hint.key);
  }
}

void StoreNode::offer_hints(Context& ctx) {
  std::vector<HandOff> offers;
  for (const auto& [slot, hinted] : hints_) {
    std::size_t offered = 0;
    for (const auto& [key, copy] : hinted) {
      if (++offered > most_offered) break;
      offers.push_back({slot, key, copy});
    }
  }
  for (const HandOff& offer : offers) {
    tell(slots::owner_of(shelf_.map(), offer.slot), offer, ctx);
  }
}

void StoreNode::on(const HandOff& offer, NodeId stand_in, Context& ctx) {
  if (!shelf_.serves(offer.slot)) return tell(stand_in, NotServed{shelf_.map()}, ctx);
  take_in(offer.slot, offer.key, offer.copy, ctx);
  tell(stand_in, HandedOff{offer.slot, offer.key, digest_of(offer.key, offer.copy)}, ctx);
}

/// More may have been hinted since it was offered: that the owner does not have.
void StoreNode::on(const HandedOff& answer, NodeId, Context& ctx) {
  const auto hinted = hints_.find(answer.slot);
  if (hinted == hints_.end() || !hinted->second.contains(answer.key)) return;
  if (digest_of(answer.key, hinted->second.at(answer.key)) != answer.digest) return;
  hinted->second.erase(answer.key);
  ctx.persist(Hint{answer.slot, answer.key, std::nullopt});
}

}  // namespace octet::store
