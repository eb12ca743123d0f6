#include "graders/stage3-partitioning/placement_cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <cstring>
#include <set>

namespace octet::grading::placing {
namespace {

using placement::good_hash;

std::uint64_t always_0(std::string_view) {
  return 0;
}

std::uint64_t always_greatest(std::string_view) {
  return UINT64_MAX;
}

std::uint64_t four_values(std::string_view bytes) {
  return good_hash(bytes) << 62;
}

std::uint64_t low_byte(std::string_view bytes) {
  return good_hash(bytes) & 0xff;
}

std::uint64_t highest_bit(std::string_view bytes) {
  return good_hash(bytes) & (std::uint64_t{1} << 63);
}

std::uint64_t upper_half(std::string_view bytes) {
  return good_hash(bytes) & 0xffff'ffff'0000'0000;
}

std::uint64_t near_greatest(std::string_view bytes) {
  return UINT64_MAX - good_hash(bytes) % 16;
}

std::uint64_t length(std::string_view bytes) {
  return bytes.size();
}

std::uint64_t sum_of_bytes(std::string_view bytes) {
  std::uint64_t sum = 0;
  for (const char byte : bytes) sum += static_cast<unsigned char>(byte);
  return sum;
}

std::uint64_t first_bytes(std::string_view bytes) {
  std::uint64_t value = 0;
  std::memcpy(&value, bytes.data(), std::min(bytes.size(), sizeof(value)));
  return value;
}

std::uint64_t users_behind_all(std::string_view bytes) {
  return bytes.starts_with(user) ? UINT64_MAX : good_hash(bytes) >> 1;
}

std::uint64_t users_before_all(std::string_view bytes) {
  return bytes.starts_with(user) ? 0 : good_hash(bytes) | 1;
}

}  // namespace

Kind modulo() {
  return {"ModuloPlacement", &placement::make_modulo};
}

Kind hash_ring(std::uint32_t tokens) {
  return {"HashRing", [tokens](Hash hash) { return placement::make_hash_ring(hash, tokens); }};
}

Kind rendezvous() {
  return {"Rendezvous", &placement::make_rendezvous};
}

const std::vector<NamedHash>& all_hashes() {
  static const std::vector<NamedHash> hashes = {
      {"the usual hash", good_hash},
      {"a hash that is always 0", always_0},
      {"a hash that is always 2^64 - 1", always_greatest},
      {"a hash with four values", four_values},
      {"a hash below 256", low_byte},
      {"a hash of the highest bit alone", highest_bit},
      {"a hash of the upper 32 bits alone", upper_half},
      {"a hash within 16 of 2^64", near_greatest},
      {"the length as a hash", length},
      {"the sum of the bytes as a hash", sum_of_bytes},
      {"the first eight bytes as a hash", first_bytes},
      {"a hash that puts users' keys behind all else", users_behind_all},
      {"a hash that puts users' keys before all else", users_before_all}};
  return hashes;
}

std::vector<std::string> odd_keys(Random& random) {
  std::vector<std::string> keys = {
      "",  std::string(1, '\0'),   std::string(3, '\0'),    "\xff", "\x7f", "\x80",
      "a", std::string("a\0b", 3), std::string(1'000, 'x'), "ключ"};
  for (int i = 0; i < 6; ++i) {
    std::string bytes;
    for (int byte = 0; byte < 12; ++byte) bytes += static_cast<char>(random.below(256));
    keys.push_back(bytes);
  }
  for (const std::string& key : users(random, 16)) keys.push_back(key);
  return keys;
}

std::vector<std::string> users(Random& random, std::size_t count) {
  const std::uint64_t first = random.below(1'000'000'000);
  std::vector<std::string> keys;
  keys.reserve(count);
  for (std::size_t i = 0; i < count; ++i) {
    keys.push_back(std::string(user) + std::string(i % 2, '\0') + std::to_string(first + i));
  }
  return keys;
}

std::vector<NodeId> some_ids(Random& random, std::size_t count) {
  const auto first = static_cast<std::uint32_t>(1 + random.below(100));
  std::set<NodeId> ids = {first, first + (1U << 16), first + (1U << 24)};
  while (ids.size() < count) {
    const bool is_large = random.below(4) == 0;
    ids.insert(static_cast<std::uint32_t>(is_large ? UINT32_MAX - 1 - random.below(1'000)
                                                   : 1 + random.below(8 * count)));
  }
  std::vector<NodeId> shuffled(ids.begin(), ids.end());
  shuffle(shuffled, random);
  shuffled.resize(count);
  return shuffled;
}

std::vector<Member> some_members(Random& random, std::size_t count) {
  std::vector<Member> members;
  for (const NodeId id : some_ids(random, count)) {
    members.push_back({id, static_cast<std::uint32_t>(1 + random.below(4))});
  }
  return members;
}

std::string text(NodeId id) {
  return fmt::format("node {}", id.value);
}

std::string text(const std::vector<NodeId>& ids) {
  constexpr std::size_t enough = 8;
  std::string all;
  for (std::size_t i = 0; i < std::min(ids.size(), enough); ++i) {
    all += (all.empty() ? "" : ", ") + text(ids[i]);
  }
  if (ids.size() > enough) all += fmt::format(" and {} more", ids.size() - enough);
  return ids.empty() ? "nobody" : all;
}

std::string shown(std::string_view key) {
  std::string text;
  for (const char byte : key.substr(0, 20)) {
    const auto value = static_cast<unsigned char>(byte);
    text += std::isprint(value) != 0 ? std::string(1, byte) : fmt::format("\\x{:02x}", value);
  }
  return fmt::format("\"{}\"{}", text, key.size() > 20 ? "..." : "");
}

}  // namespace octet::grading::placing
