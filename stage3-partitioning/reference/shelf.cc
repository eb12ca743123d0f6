#include "shelf.h"

#include <utility>

#include "runtime/check.h"

namespace octet::slots {

Shelf::Shelf(SlotMap founding, Duration retry) : map_(std::move(founding)), retry_(retry) {}

void Shelf::start(std::span<const Protocol::Record> recovered, ShelfContext& ctx) {
  for (std::uint32_t i = 0; i < map_.owners.size(); ++i) {
    if (map_.owners[i] == ctx.id()) apply(Came{.slot = Slot{i}});
  }
  recover(recovered);
  for (const Slot slot : held()) offer(slot, ctx);
}

void Shelf::on(const NewMap& input, ShelfContext& ctx) {
  take(input.map, ctx);
}

void Shelf::on(const Keep& input, ShelfContext& ctx) {
  OCTET_CHECK(serves(input.slot), "what is promised must not change: it may have arrived");
  write(Kept{input.slot, input.key, input.state}, ctx);
}

/// Whoever gave it away and still holds it has not heard that it arrived.
void Shelf::on(const Offer& offer, NodeId from, ShelfContext& ctx) {
  if (offer.moves > moves_of(offer.slot)) {
    ctx.send(from, Wanted{offer.slot, offer.moves});
  } else {
    ctx.send(from, Received{offer.slot, offer.moves});
  }
}

void Shelf::on(const Wanted& wanted, NodeId from, ShelfContext& ctx) {
  const Slot slot = wanted.slot;
  const auto place = held_.find(slot);
  if (place == held_.end() || wanted.moves != moves_of(slot) + 1) return;
  // Another map may have come since it was offered; then it is another's.
  if (from != goes_to(slot)) return;
  Held& held = place->second;
  if (held.sent) return;  // the answer to an offer that came late or twice
  if (!held.promised_to) {
    write(Promised{slot, from}, ctx);
    ctx.emit(Left{slot});
  }
  held.sent = true;
  ctx.send(from, Content{slot, wanted.moves, map_, held.contents});
}

void Shelf::on(const Content& content, NodeId from, ShelfContext& ctx) {
  take(content.map, ctx);
  const bool is_new = content.moves > moves_of(content.slot);
  if (is_new) {
    write(Came{content.slot, content.moves, content.contents}, ctx);
    ctx.emit(Arrived{content.slot});
  }
  ctx.send(from, Received{content.slot, content.moves});
  if (is_new) offer(content.slot, ctx);
}

void Shelf::on(const Received& received, NodeId from, ShelfContext& ctx) {
  const auto place = held_.find(received.slot);
  if (place == held_.end() || place->second.promised_to != from) return;
  const Moves moves = moves_of(received.slot);
  if (received.moves != moves + 1) return;  // of an earlier time that it went there
  write(Gone{received.slot, moves}, ctx);
}

void Shelf::on(const OfferDue& due, ShelfContext& ctx) {
  const auto place = held_.find(due.slot);
  if (place == held_.end()) return;
  place->second.sent = false;
  offer(due.slot, ctx);
}

void Shelf::take(const SlotMap& map, ShelfContext& ctx) {
  if (map.epoch <= map_.epoch) return;
  if (map.copies != map_.copies || map.owners.size() != map_.owners.size()) return;
  write(MapTaken{map}, ctx);
  for (const Slot slot : served()) offer(slot, ctx);
}

NodeId Shelf::goes_to(Slot slot) const {
  return held_.at(slot).promised_to.value_or(owner_of(map_, slot));
}

void Shelf::offer(Slot slot, ShelfContext& ctx) {
  const NodeId to = goes_to(slot);
  if (to == ctx.id()) return;
  ctx.send(to, Offer{slot, moves_of(slot) + 1});
  ctx.set_timer(OfferDue{slot}, retry_);
}

Moves Shelf::moves_of(Slot slot) const {
  const auto moves = moves_.find(slot);
  return moves == moves_.end() ? 0 : moves->second;
}

bool Shelf::serves(Slot slot) const {
  const auto place = held_.find(slot);
  return place != held_.end() && !place->second.promised_to;
}

std::vector<Slot> Shelf::served() const {
  std::vector<Slot> slots;
  for (const auto& [slot, held] : held_) {
    if (!held.promised_to) slots.push_back(slot);
  }
  return slots;
}

std::vector<Slot> Shelf::held() const {
  std::vector<Slot> slots;
  for (const auto& [slot, held] : held_) slots.push_back(slot);
  return slots;
}

}  // namespace octet::slots
