#include "rendezvous.h"

#include <algorithm>
#include <cmath>
#include <string>

namespace octet::placement {
namespace {

/// Of the upper 52 bits, the middle of the numbers that begin so. With more bits the greatest would
/// be rounded to 1, whose logarithm is 0.
double between_0_and_1(std::uint64_t hash) {
  return (static_cast<double>(hash >> 12) + 0.5) * 0x1p-52;
}

}  // namespace

Rendezvous::Rendezvous(Hash hash) : hash_(hash) {}

void Rendezvous::add(const Member& member) {
  remove(member.id);
  candidates_.push_back({.id = member.id,
                         .hash = hash_(std::to_string(member.id.value)),
                         .weight = static_cast<double>(member.weight)});
}

void Rendezvous::remove(NodeId id) {
  std::erase_if(candidates_, [&](const Candidate& candidate) { return candidate.id == id; });
}

std::optional<NodeId> Rendezvous::owner(std::string_view key) const {
  if (candidates_.empty()) return std::nullopt;
  const std::uint64_t key_hash = hash_(key);
  Scored best = scored(candidates_[0], key_hash);
  for (const Candidate& candidate : candidates_) {
    const Scored other = scored(candidate, key_hash);
    if (other.is_better_than(best)) best = other;
  }
  return best.id;
}

std::vector<NodeId> Rendezvous::preference_list(std::string_view key, std::size_t nodes) const {
  const std::uint64_t key_hash = hash_(key);
  std::vector<Scored> all;
  for (const Candidate& candidate : candidates_) all.push_back(scored(candidate, key_hash));
  const std::size_t count = std::min(nodes, all.size());
  std::ranges::partial_sort(all, all.begin() + static_cast<std::ptrdiff_t>(count),
                            &Scored::is_better_than);
  std::vector<NodeId> list;
  for (std::size_t i = 0; i < count; ++i) list.push_back(all[i].id);
  return list;
}

bool Rendezvous::Scored::is_better_than(const Scored& other) const {
  return score > other.score || (score == other.score && id < other.id);
}

Rendezvous::Scored Rendezvous::scored(const Candidate& candidate, std::uint64_t key_hash) {
  const double u = between_0_and_1(mix(key_hash ^ candidate.hash));
  return {-candidate.weight / std::log(u), candidate.id};
}

}  // namespace octet::placement
