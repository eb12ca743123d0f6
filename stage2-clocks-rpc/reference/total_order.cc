#include "total_order.h"

#include <algorithm>
#include <utility>

namespace octet::total_order {

TotalOrder::TotalOrder(Config config) : config_(std::move(config)) {}

void TotalOrder::start(std::span<const Protocol::Record>, Context& ctx) {
  clock_ = clocks::LamportClock(ctx.id());
  for (const NodeId member : config_.members) members_[member];
}

void TotalOrder::on(const Multicast& multicast, Context& ctx) {
  say(multicast.text, ctx);
  deliver(ctx);  // a member that is alone waits for nobody
}

void TotalOrder::on(const Letter& letter, NodeId from, Context& ctx) {
  Member& member = members_.at(from);
  if (letter.number <= member.taken) return;  // a duplicate
  member.held_back.emplace(letter.number, letter);
  while (const auto next = member.held_back.extract(member.taken + 1)) {
    clock_.receive(next.mapped().stamp);
    take(next.mapped(), from);
    // Who has nothing to say acknowledges, or the others would wait for it for ever.
    if (next.mapped().text) say(std::nullopt, ctx);
  }
  deliver(ctx);
}

TotalOrder::View TotalOrder::view() const {
  View view{.undelivered = queue_.size()};
  for (const auto& [id, member] : members_) view.held_back += member.held_back.size();
  return view;
}

void TotalOrder::say(std::optional<std::string> text, Context& ctx) {
  const Letter letter{.number = ++said_, .stamp = clock_.tick(), .text = std::move(text)};
  for (const NodeId member : config_.members) {
    if (member != ctx.id()) ctx.send(member, letter);
  }
  take(letter, ctx.id());
}

void TotalOrder::take(const Letter& letter, NodeId from) {
  members_.at(from).taken = letter.number;
  members_.at(from).heard = letter.stamp;
  if (letter.text) queue_.emplace(letter.stamp, *letter.text);
}

void TotalOrder::deliver(Context& ctx) {
  while (!queue_.empty() && is_settled(queue_.begin()->first)) {
    const auto first = queue_.extract(queue_.begin());
    ctx.emit(Delivered{.from = first.key().process, .text = first.mapped()});
  }
}

/// What a member says after something with a later stamp is later still, and its letters are taken
/// in order: so nothing earlier can come from it.
bool TotalOrder::is_settled(const LamportStamp& stamp) const {
  return std::ranges::all_of(config_.members, [&](NodeId member) {
    return member == stamp.process || clocks::comes_before(stamp, members_.at(member).heard);
  });
}

}  // namespace octet::total_order
