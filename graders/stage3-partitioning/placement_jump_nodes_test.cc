#include <fmt/format.h>

#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/placement_cases.h"
#include "graders/stage3-partitioning/placement_checks.h"
#include "graders/stage3-partitioning/placement_shares.h"

namespace octet::grading::placing {
namespace {

using placement::AnyJumpPlacement;
using Owners = std::map<std::string, NodeId>;

Owners owners_of(const AnyJumpPlacement& placement, const std::vector<std::string>& keys) {
  Owners owners;
  for (const std::string& key : keys) {
    const auto owner = placement.owner(key);
    if (!owner) fail(fmt::format("the key {} has no owner, though there are nodes", shown(key)));
    owners[key] = *owner;
  }
  return owners;
}

void expect_same(const Owners& before, const Owners& now, const std::string& when) {
  for (const auto& [key, owner] : before) {
    if (now.at(key) == owner) continue;
    fail(fmt::format("{}, and the key {} moves from {} to {} (PT8)", when, shown(key), text(owner),
                     text(now.at(key))));
  }
}

void expect_refused(AnyJumpPlacement& placement, NodeId id, const std::vector<std::string>& keys,
                    const std::string& why) {
  const Owners before = owners_of(placement, keys);
  if (placement.remove(id)) fail(fmt::format("remove({}) says true, but {}", id.value, why));
  expect_same(before, owners_of(placement, keys), fmt::format("remove({}) says false", id.value));
}

void play(AnyJumpPlacement& placement, const std::vector<NodeId>& ids,
          const std::vector<std::string>& keys) {
  EXPECT_EQ(placement.owner("a"), std::nullopt) << "nobody is there";
  EXPECT_FALSE(placement.remove(ids[0])) << "nobody is there who could go";
  std::vector<Owners> with;  // with[n]: by the first n nodes
  with.emplace_back();
  for (const NodeId id : ids) {
    placement.add(id);
    with.push_back(owners_of(placement, keys));
    for (const auto& [key, owner] : with.back()) {
      const bool is_new = owner == id;
      if (is_new || (with.size() > 2 && owner == with[with.size() - 2].at(key))) continue;
      fail(fmt::format("{} comes, and the key {} belongs to {}, which that does not concern (PT4)",
                       text(id), shown(key), text(owner)));
    }
  }
  for (std::size_t i = 0; i < ids.size(); ++i) {
    placement.add(ids[i]);
    expect_same(with.back(), owners_of(placement, keys),
                text(ids[i]) + " is there and comes again");
    if (i + 1 == ids.size()) continue;
    expect_refused(placement, ids[i], keys, "others have come after this one (PT8)");
  }
  expect_refused(placement, 7'777'777, keys, "there is no such node");
  for (std::size_t left = ids.size() - 1; left > 0; --left) {
    if (!placement.remove(ids[left])) fail("the last node may go, but remove() says false");
    expect_same(with[left], owners_of(placement, keys), "the last node has come and gone");
  }
  EXPECT_TRUE(placement.remove(ids[0])) << "the only node may go";
  EXPECT_EQ(placement.owner("a"), std::nullopt) << "nobody is there any more";
  for (const NodeId id : ids) placement.add(id);
  expect_same(with.back(), owners_of(placement, keys), "all nodes have gone and come in order");
}

GRADED_TEST(Jump, OnlyTheLastNodeGoes, 1,
            "who comes takes keys and moves no others; only the last node can go, and leaves its "
            "keys where they were before it came (PT4, PT8)") {
  with_every_hash([](const NamedHash& hash, Random& random) {
    const std::vector<std::string> keys = odd_keys(random);
    for (const std::size_t size : sizes) {
      play(*placement::make_jump(hash.hash), some_ids(random, size), keys);
    }
  });
  Random random(seed(), "shares");
  const std::vector<NodeId> ids = some_ids(random, 10);
  const auto placement = placement::make_jump(placement::good_hash);
  for (const NodeId id : ids) placement->add(id);
  // B(20000, 0.1, 0.085) = 5e-12, B(20000, 0.1, 0.115) = 4e-11, for ten nodes.
  expect_shares([&](const std::string& key) { return placement->owner(key); },
                users(random, 20'000), equal_shares(ids), 0.85, 1.15);
}

}  // namespace
}  // namespace octet::grading::placing
