#include "graders/stage3-partitioning/placement_shares.h"

#include <fmt/format.h>

#include "graders/dsl/graded_test.h"

namespace octet::grading::placing {

Shares equal_shares(const std::vector<NodeId>& ids) {
  Shares shares;
  for (const NodeId id : ids) shares[id] = 1 / static_cast<double>(ids.size());
  return shares;
}

Shares weighted_shares(const std::vector<Member>& members) {
  double all = 0;
  for (const Member& member : members) all += member.weight;
  Shares shares;
  for (const Member& member : members) shares[member.id] = member.weight / all;
  return shares;
}

void expect_shares(const OwnerOf& owner_of, const std::vector<std::string>& keys,
                   const Shares& shares, double low, double high) {
  std::map<NodeId, std::size_t> counts;
  for (const std::string& key : keys) {
    const std::optional<NodeId> owner = owner_of(key);
    if (!owner) fail(fmt::format("the key {} has no owner", shown(key)));
    ++counts[*owner];
  }
  for (const auto& [id, share] : shares) {
    const double fair = share * static_cast<double>(keys.size());
    const auto count = static_cast<double>(counts[id]);
    if (count >= low * fair && count <= high * fair) continue;
    fail(
        fmt::format("{} of {} keys belong to {}; its share would be {:.0f}, and {:.0f} to {:.0f} "
                    "are near enough",
                    counts[id], keys.size(), text(id), fair, low * fair, high * fair));
  }
}

double moved_by(const std::function<void()>& change, const OwnerOf& owner_of,
                const std::vector<std::string>& keys) {
  std::vector<std::optional<NodeId>> before;
  before.reserve(keys.size());
  for (const std::string& key : keys) before.push_back(owner_of(key));
  change();
  double moved = 0;
  for (std::size_t i = 0; i < keys.size(); ++i) moved += owner_of(keys[i]) != before[i] ? 1 : 0;
  return moved / static_cast<double>(keys.size());
}

void expect_moved(double moved, double low, double high, const std::string& what) {
  if (moved >= low && moved <= high) return;
  fail(fmt::format("{}, and {:.1f} % of the keys move, where it should be {:.1f} % to {:.1f} %",
                   what, 100 * moved, 100 * low, 100 * high));
}

}  // namespace octet::grading::placing
