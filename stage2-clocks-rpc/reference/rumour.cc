#include "rumour.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace octet::gossip::rumour {
namespace {

/// So many different members, not ourselves; all, when there are not so many.
std::vector<NodeId> pick_peers(std::vector<NodeId> members, std::size_t count, Context& ctx) {
  std::erase(members, ctx.id());
  count = std::min(count, members.size());
  for (std::size_t i = 0; i < count; ++i) {
    std::swap(members[i], members[i + ctx.choose(members.size() - i)]);
  }
  members.resize(count);
  return members;
}

}  // namespace

void Rumour::start(std::span<const Protocol::Record>, Context&) {}

void Rumour::on(const Tell& tell, Context& ctx) {
  hear(tell.rumour, ctx);
}

void Rumour::on(const Rumours& rumours, NodeId, Context& ctx) {
  for (const std::string& rumour : rumours.rumours) hear(rumour, ctx);
}

void Rumour::hear(const std::string& rumour, Context& ctx) {
  if (!heard_.insert(rumour).second) return;
  ctx.emit(Heard{rumour});
  // Any time within a round, or all who heard from one process would go on in step.
  if (hot_.empty()) ctx.set_timer(RoundDue{}, Duration::zero(), config_.round);
  hot_[rumour] = rounds();
}

/// When all others pass it on to f of n for R rounds, and a fifth is lost, one process hears
/// nothing with a probability of (1 - 0.8 f/(n-1)) ^ (R (n-1)) < e^(-0.8 f R), and any one of n
/// with less than n e^(-0.8 f R). With f R = log2(n) + 25 this is below n^(-0.15) e^(-20) < 3e-9.
std::uint64_t Rumour::rounds() const {
  const std::uint64_t contacts = std::bit_width(config_.members.size()) + 25U;
  return (contacts + config_.fanout - 1) / config_.fanout;
}

void Rumour::on(const RoundDue&, Context& ctx) {
  Rumours all;
  for (const auto& [rumour, rounds] : hot_) all.rumours.push_back(rumour);
  for (const NodeId peer : pick_peers(config_.members, config_.fanout, ctx)) ctx.send(peer, all);
  cool_down();
  if (!hot_.empty()) ctx.set_timer(RoundDue{}, config_.round);
}

void Rumour::cool_down() {
  for (auto& [rumour, rounds] : hot_) --rounds;
  std::erase_if(hot_, [](const auto& rumour) { return rumour.second == 0; });
}

}  // namespace octet::gossip::rumour
