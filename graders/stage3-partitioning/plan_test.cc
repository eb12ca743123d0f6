#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "graders/dsl/graded_test.h"
#include "graders/dsl/random.h"
#include "graders/stage3-partitioning/shard_maps.h"
#include "stage3-partitioning/api/solution.h"

/// Who is to own which slot: plan() alone.
namespace octet::shards::trial {
namespace {

using grading::Random;
using grading::tell;
using slots::plan;

std::size_t owned_by(const SlotMap& map, NodeId id) {
  return static_cast<std::size_t>(std::ranges::count(map.owners, id));
}

std::size_t moved(const SlotMap& from, const SlotMap& to) {
  std::size_t slots = 0;
  for (std::size_t i = 0; i < from.owners.size(); ++i) slots += from.owners[i] != to.owners.at(i);
  return slots;
}

std::string text_of(const std::vector<NodeId>& members) {
  std::string text;
  for (const NodeId id : members) text += fmt::format("{}{}", text.empty() ? "" : ", ", id.value);
  return "{" + text + "}";
}

/// So many of twelve possible members, by chance and in any order.
std::vector<NodeId> some_members(Random& random, std::size_t count) {
  std::vector<NodeId> pool = {21, 4, 9, 37, 2, 50, 13, 1000, 77, 6, 31, 18};
  for (std::size_t i = pool.size() - 1; i > 0; --i) std::swap(pool[i], pool[random.below(i + 1)]);
  pool.resize(count);
  return pool;
}

SlotMap of_one_owner(std::uint32_t partitions, std::uint32_t copies, NodeId owner) {
  return {.epoch = Epoch{7},
          .copies = copies,
          .owners = std::vector<NodeId>(std::size_t{partitions} * copies, owner)};
}

/// Members own as many as each other, or one more; so it is with the copies of each partition.
void expect_equal_shares(const SlotMap& map, const std::vector<NodeId>& members) {
  std::vector<std::size_t> shares;
  for (const NodeId id : members) shares.push_back(owned_by(map, id));
  const auto [least, most] = std::ranges::minmax(shares);
  EXPECT_LE(most, least + 1) << "members " << text_of(members)
                             << " own slots so: " << trial::text_of(map);
  for (std::size_t first = 0; first < map.owners.size(); first += map.copies) {
    std::map<NodeId, std::size_t> copies;
    for (const NodeId id : members) copies[id] = 0;
    for (std::size_t i = first; i < first + map.copies; ++i) {
      ASSERT_TRUE(copies.contains(map.owners[i]))
          << "slot " << i << " is nobody's of " << text_of(members);
      ++copies[map.owners[i]];
    }
    std::size_t fewest = map.copies;
    std::size_t many = 0;
    for (const auto& [id, count] : copies) {
      fewest = std::min(fewest, count);
      many = std::max(many, count);
    }
    EXPECT_LE(many, fewest + 1) << "the copies of partition " << first / map.copies
                                << " are not spread over " << text_of(members) << ": "
                                << trial::text_of(map);
  }
}

void expect_same_plan(const SlotMap& now, std::vector<NodeId> members, const SlotMap& planned) {
  std::ranges::reverse(members);
  EXPECT_EQ(plan(now, members), planned) << "members in another order";
  members.insert(members.begin(), members.back());
  EXPECT_EQ(plan(now, members), planned) << "a member that is named twice";
}

GRADED_TEST(Plan, EverybodyHasAnEqualShare, 1,
            "whoever joins or leaves, members own as many slots as each other, or one more, and "
            "copies of a partition are on different members (Dynamo, §6.2)") {
  Random random(grading::seed(), "members");
  for (const std::uint32_t copies : {1U, 2U, 3U, 5U}) {
    SlotMap map = of_one_owner(16 + copies, copies, 3);
    for (const std::size_t count : {1U, 4U, 3U, 7U, 2U, 10U, 12U, 1U, 5U, 6U, 4U}) {
      const std::vector<NodeId> members = some_members(random, count);
      const SlotMap next = plan(map, members);
      ASSERT_EQ(number(next.epoch), number(map.epoch) + 1);
      ASSERT_EQ(next.copies, map.copies);
      ASSERT_EQ(next.owners.size(), map.owners.size());
      expect_equal_shares(next, members);
      expect_same_plan(map, members, next);
      map = next;
    }
    EXPECT_EQ(plan(map, {}), map) << "nobody could own anything";
  }
  for (const SlotMap& map : {of_one_owner(2, 1, 3), of_one_owner(100, 3, 3)}) {
    expect_equal_shares(plan(map, {8, 5, 9, 3}), {8, 5, 9, 3});
  }
}

/// With one copy: what nobody of the members owns must move, and what a member has beyond its
/// share. Those who have most may have the larger shares.
std::size_t fewest_moves(const SlotMap& now, const std::vector<NodeId>& members) {
  std::vector<std::size_t> owned;
  std::size_t moves = now.owners.size();
  for (const NodeId id : members) {
    owned.push_back(owned_by(now, id));
    moves -= owned.back();
  }
  std::ranges::sort(owned, std::greater());
  const std::size_t share = now.owners.size() / members.size();
  std::size_t larger = now.owners.size() % members.size();
  for (const std::size_t count : owned) {
    const std::size_t most = share + (larger > 0 ? 1 : 0);
    if (larger > 0) --larger;
    if (count > most) moves += count - most;
  }
  return moves;
}

GRADED_TEST(Plan, FewSlotsMove, 1,
            "as few slots move as equal shares allow, and none when nobody joins or leaves (RB6)") {
  Random random(grading::seed(), "members");
  for (const std::uint32_t copies : {1U, 3U}) {
    std::vector<NodeId> members = some_members(random, 5);
    SlotMap map = plan(of_one_owner(64, copies, members.front()), members);
    for (int round = 0; round < 12; ++round) {
      EXPECT_EQ(moved(map, plan(map, members)), 0U) << "nobody has joined or left";
      const std::vector<NodeId> before = members;
      if (members.size() > 4 && random.below(2) == 0) {
        members.erase(members.begin() + static_cast<std::ptrdiff_t>(random.below(5)));
      } else if (members.size() < 10) {
        members.push_back(NodeId(static_cast<std::uint32_t>(100 + 7 * round)));
      }
      const SlotMap next = plan(map, members);
      expect_equal_shares(next, members);
      const std::size_t fewest = fewest_moves(map, members);
      // With several copies a slot may have to make room for another one.
      EXPECT_LE(moved(map, next), copies == 1 ? fewest : 2 * fewest)
          << "members were " << text_of(before) << " and are " << text_of(members)
          << ": so few would do";
      map = next;
    }
  }
  const std::vector<NodeId> members = some_members(random, 6);
  SlotMap uneven = of_one_owner(50, 1, members.front());
  for (NodeId& owner : uneven.owners) owner = random.below(3) == 0 ? members[2] : NodeId(999);
  EXPECT_EQ(moved(uneven, plan(uneven, members)), fewest_moves(uneven, members));
  tell("twelve changes of members with one copy and with three");
}

}  // namespace
}  // namespace octet::shards::trial
