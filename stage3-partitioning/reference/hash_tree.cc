#include "hash_tree.h"

#include "runtime/random.h"

namespace octet::store {
namespace {

constexpr std::uint32_t bits_per_level = 4;
static_assert(HashTree::fan_out == 1U << bits_per_level);

/// So many leaves, as a power of two, are below a part of that level.
constexpr std::uint32_t bits_below(std::uint32_t level) {
  return bits_per_level * (HashTree::depth - level);
}

constexpr std::uint32_t leaves = 1U << bits_below(0);

}  // namespace

Digest digest_of(std::string_view key, std::string_view state) {
  return Digest{mix(hash_of(key) ^ mix(hash_of(state)))};
}

void HashTree::change(std::string_view key, Digest before, Digest after) {
  const auto leaf = leaves_.try_emplace(leaf_of(key)).first;
  leaf->second += static_cast<std::uint64_t>(after) - static_cast<std::uint64_t>(before);
  if (leaf->second == 0) leaves_.erase(leaf);
}

std::vector<HashTree::Part> HashTree::children(const Part& of) const {
  std::vector<Part> children;
  for (std::uint32_t i = 0; i < fan_out; ++i) {
    children.push_back(part(of.level + 1, of.place * fan_out + i));
  }
  return children;
}

bool HashTree::differs(const Part& from) const {
  const bool is_a_place = from.level <= depth && from.place < leaves >> bits_below(from.level);
  return is_a_place && part(from.level, from.place) != from;
}

std::uint32_t HashTree::leaf_of(std::string_view key) {
  return static_cast<std::uint32_t>(mix(hash_of(key), "leaf") % leaves);
}

HashTree::Part HashTree::part(std::uint32_t level, std::uint32_t place) const {
  const std::uint32_t first = place << bits_below(level);
  const auto end = leaves_.lower_bound(first + (1U << bits_below(level)));
  std::uint64_t sum = 0;
  for (auto leaf = leaves_.lower_bound(first); leaf != end; ++leaf) sum += leaf->second;
  return {level, place, Digest{sum}};
}

}  // namespace octet::store
