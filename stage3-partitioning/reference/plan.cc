#include "plan.h"

#include <algorithm>
#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "runtime/check.h"

namespace octet::slots {
namespace {

/// A map in the making.
class Draft {
 public:
  Draft(const SlotMap& now, const std::set<NodeId>& members)
      : now_(now), map_(now), members_(members) {
    for (const NodeId id : members) slots_[id] = std::ranges::count(now.owners, id);
  }

  SlotMap finished() {
    map_.epoch = Epoch{static_cast<std::uint64_t>(now_.epoch) + 1};
    give_homes_to_orphans();
    spread_copies();
    level();
    return map_;
  }

 private:
  void give_homes_to_orphans();
  void spread_copies();
  void level();

  std::size_t copies_at(NodeId member, Partition partition) const;
  NodeId who_has_fewest(Partition partition) const;
  void pass_one(NodeId from, NodeId to);
  void give(Slot slot, NodeId to);

  const SlotMap& now_;
  SlotMap map_;
  const std::set<NodeId>& members_;
  std::map<NodeId, std::ptrdiff_t> slots_;  // how many, by member
};

/// Nobody of the members owns them.
void Draft::give_homes_to_orphans() {
  for (std::uint32_t i = 0; i < map_.owners.size(); ++i) {
    const Slot slot{i};
    if (members_.contains(owner_of(map_, slot))) continue;
    give(slot, who_has_fewest(partition_of(map_, slot)));
  }
}

/// Afterwards the members have equally many copies of each partition, or one more.
void Draft::spread_copies() {
  for (std::uint32_t i = 0; i < map_.owners.size(); ++i) {
    const Slot slot{i};
    const Partition partition = partition_of(map_, slot);
    const NodeId fewest = who_has_fewest(partition);
    const std::size_t copies = copies_at(owner_of(map_, slot), partition);
    if (copies > copies_at(fewest, partition) + 1) give(slot, fewest);
  }
}

/// Each step takes a slot from who has most and gives it to who has least.
void Draft::level() {
  for (;;) {
    const auto [least, most] =
        std::ranges::minmax_element(members_, {}, [&](NodeId id) { return slots_.at(id); });
    if (slots_.at(*most) <= slots_.at(*least) + 1) return;
    pass_one(*most, *least);
  }
}

/// `from` has more slots than `to`, so there is a partition of which it has more copies. Of that it
/// has one more, since copies are spread, so they stay spread when it gives one away. A slot that
/// has to move anyway costs nothing.
void Draft::pass_one(NodeId from, NodeId to) {
  std::optional<Slot> passed;
  for (std::uint32_t i = 0; i < map_.owners.size(); ++i) {
    const Slot slot{i};
    const Partition partition = partition_of(map_, slot);
    if (owner_of(map_, slot) != from || copies_at(from, partition) <= copies_at(to, partition))
      continue;
    const bool moves_anyway = owner_of(now_, slot) != from;
    if (!passed || moves_anyway) passed = slot;
    if (moves_anyway) break;
  }
  OCTET_CHECK(passed, "who has more slots has more copies of something");
  give(*passed, to);
}

std::size_t Draft::copies_at(NodeId member, Partition partition) const {
  std::size_t copies = 0;
  for (std::uint32_t copy = 0; copy < map_.copies; ++copy) {
    if (owner_of(map_, slot_of(map_, partition, copy)) == member) ++copies;
  }
  return copies;
}

/// Of members that have as few copies, who has fewest slots.
NodeId Draft::who_has_fewest(Partition partition) const {
  return *std::ranges::min_element(
      members_, {}, [&](NodeId id) { return std::tuple(copies_at(id, partition), slots_.at(id)); });
}

void Draft::give(Slot slot, NodeId to) {
  NodeId& owner = map_.owners.at(number(slot));
  if (members_.contains(owner)) --slots_.at(owner);
  ++slots_.at(to);
  owner = to;
}

}  // namespace

SlotMap plan(const SlotMap& now, const std::vector<NodeId>& members) {
  const std::set<NodeId> distinct(members.begin(), members.end());
  return distinct.empty() ? now : Draft(now, distinct).finished();
}

}  // namespace octet::slots
