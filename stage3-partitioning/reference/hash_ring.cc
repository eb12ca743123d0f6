#include "hash_ring.h"

#include <algorithm>
#include <string>

namespace octet::placement {

HashRing::HashRing(Hash hash, std::uint32_t tokens) : hash_(hash), tokens_per_weight_(tokens) {}

void HashRing::add(const Member& member) {
  remove(member.id);
  const auto others = static_cast<std::ptrdiff_t>(ring_.size());
  const std::uint64_t tokens = std::uint64_t{tokens_per_weight_} * member.weight;
  for (std::uint64_t number = 0; number < tokens; ++number) {
    ring_.push_back(token(member.id, number));
  }
  std::ranges::sort(ring_.begin() + others, ring_.end());
  std::ranges::inplace_merge(ring_, ring_.begin() + others);
}

void HashRing::remove(NodeId id) {
  std::erase_if(ring_, [&](const Token& token) { return token.node == id; });
}

std::optional<NodeId> HashRing::owner(std::string_view key) const {
  if (ring_.empty()) return std::nullopt;
  return ring_[next_token(key)].node;
}

std::vector<NodeId> HashRing::preference_list(std::string_view key, std::size_t nodes) const {
  std::vector<NodeId> list;
  const std::size_t first = next_token(key);
  for (std::size_t i = 0; i < ring_.size() && list.size() < nodes; ++i) {
    const NodeId node = ring_[(first + i) % ring_.size()].node;
    const bool is_new = std::ranges::find(list, node) == list.end();
    if (is_new) list.push_back(node);
  }
  return list;
}

HashRing::Token HashRing::token(NodeId id, std::uint64_t number) const {
  return {hash_(std::to_string(id.value) + "/" + std::to_string(number)), id};
}

/// The first at or behind the key's point; behind the last comes the first.
std::size_t HashRing::next_token(std::string_view key) const {
  const auto next = std::ranges::lower_bound(ring_, hash_(key), {}, &Token::position);
  return next == ring_.end() ? 0 : static_cast<std::size_t>(next - ring_.begin());
}

}  // namespace octet::placement
