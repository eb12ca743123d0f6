#include "anti_entropy.h"

#include <utility>

namespace octet::gossip::anti_entropy {

void AntiEntropy::start(std::span<const Protocol::Record>, Context& ctx) {
  // Not all at the same moment.
  if (config_.members.size() > 1) ctx.set_timer(ExchangeDue{}, Duration::zero(), config_.interval);
}

void AntiEntropy::on(const Put& put, Context& ctx) {
  Entry& entry = entries_[put.key];
  entry.version = {.time = entry.version.time + 1, .writer = ctx.id()};
  entry.value = put.value;
}

void AntiEntropy::on(const ExchangeDue&, Context& ctx) {
  std::vector<NodeId> peers = config_.members;
  std::erase(peers, ctx.id());
  Digest digest;
  for (const auto& [key, entry] : entries_) digest.versions[key] = entry.version;
  ctx.send(peers[ctx.choose(peers.size())], std::move(digest));
  ctx.set_timer(ExchangeDue{}, config_.interval);
}

void AntiEntropy::on(const Digest& digest, NodeId from, Context& ctx) {
  Difference difference;
  for (const auto& [key, entry] : entries_) {
    const auto theirs = digest.versions.find(key);
    const bool is_known = theirs != digest.versions.end() && theirs->second >= entry.version;
    if (!is_known) difference.newer[key] = entry;
  }
  for (const auto& [key, version] : digest.versions) {
    const auto ours = entries_.find(key);
    const bool is_known = ours != entries_.end() && ours->second.version >= version;
    if (!is_known) difference.wanted.push_back(key);
  }
  if (difference.newer.empty() && difference.wanted.empty()) return;
  ctx.send(from, std::move(difference));
}

void AntiEntropy::on(const Difference& difference, NodeId from, Context& ctx) {
  merge(difference.newer);
  Newer newer;
  for (const std::string& key : difference.wanted) {
    const auto ours = entries_.find(key);
    if (ours != entries_.end()) newer.entries.insert(*ours);
  }
  if (!newer.entries.empty()) ctx.send(from, std::move(newer));
}

void AntiEntropy::on(const Newer& newer, NodeId, Context&) {
  merge(newer.entries);
}

void AntiEntropy::merge(const Entries& entries) {
  for (const auto& [key, theirs] : entries) {
    Entry& ours = entries_[key];
    // Key by key, and again now: the answer to a digest may be late, and ours newer by then.
    if (theirs.version > ours.version) ours = theirs;
  }
}

Contents AntiEntropy::view() const {
  Contents contents;
  for (const auto& [key, entry] : entries_) contents.values[key] = entry.value;
  return contents;
}

}  // namespace octet::gossip::anti_entropy
