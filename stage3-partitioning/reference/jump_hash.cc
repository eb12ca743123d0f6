#include "jump_hash.h"

#include <algorithm>

namespace octet::placement {

/// As buckets are added one by one, a key jumps to the new one now and then. When it has come to
/// `bucket`, the next jump leads beyond any bucket b with probability (bucket + 1) / (b + 1), so
/// one random number finds it. These are the random numbers of the paper: other programs that use
/// it find the same buckets.
std::uint32_t jump_bucket(std::uint64_t hash, std::uint32_t buckets) {
  std::uint64_t bucket = 0;
  std::uint64_t next = 0;
  while (next < buckets) {
    bucket = next;
    hash = hash * 2862933555777941757 + 1;
    const double random = static_cast<double>((hash >> 33) + 1) * 0x1p-31;  // above 0, at most 1
    next = static_cast<std::uint64_t>(static_cast<double>(bucket + 1) / random);
  }
  return static_cast<std::uint32_t>(bucket);
}

JumpPlacement::JumpPlacement(Hash hash) : hash_(hash) {}

void JumpPlacement::add(NodeId id) {
  const bool is_new = std::ranges::find(nodes_, id) == nodes_.end();
  if (is_new) nodes_.push_back(id);
}

bool JumpPlacement::remove(NodeId id) {
  if (nodes_.empty() || nodes_.back() != id) return false;
  nodes_.pop_back();
  return true;
}

std::optional<NodeId> JumpPlacement::owner(std::string_view key) const {
  if (nodes_.empty()) return std::nullopt;
  return nodes_[jump_bucket(hash_(key), static_cast<std::uint32_t>(nodes_.size()))];
}

}  // namespace octet::placement
