#include "causal_broadcast.h"

#include <algorithm>

#include "vector_clock.h"

namespace octet::causal {

CausalBroadcast::CausalBroadcast(Config config) : config_(std::move(config)) {}

void CausalBroadcast::start(std::span<const Protocol::Record>, Context&) {}

void CausalBroadcast::on(const Broadcast& broadcast, Context& ctx) {
  const Told told{
      .number = delivered_.entries[ctx.id()] + 1, .after = delivered_, .text = broadcast.text};
  for (const NodeId member : config_.members) {
    if (member != ctx.id()) ctx.send(member, told);
  }
  deliver(ctx.id(), told, ctx);
}

void CausalBroadcast::on(const Told& told, NodeId from, Context& ctx) {
  if (told.number <= delivered_.entries[from]) return;  // a duplicate
  held_back_.emplace(Name(from, told.number), told);
  deliver_held_back(ctx);
}

void CausalBroadcast::deliver(NodeId from, const Told& told, Context& ctx) {
  delivered_.entries[from] = told.number;
  ctx.emit(Delivered{.from = from, .text = told.text});
}

/// What is delivered may be what another one waits for, so begin anew after each.
void CausalBroadcast::deliver_held_back(Context& ctx) {
  const auto is_due = [this](const auto& held) { return this->is_due(held.second); };
  for (;;) {
    const auto due = std::ranges::find_if(held_back_, is_due);
    if (due == held_back_.end()) return;
    deliver(due->first.first, due->second, ctx);
    held_back_.erase(due);
  }
}

bool CausalBroadcast::is_due(const Told& told) const {
  const clocks::Order order = clocks::compare(told.after, delivered_);
  return order == clocks::Order::before || order == clocks::Order::equal;
}

}  // namespace octet::causal
