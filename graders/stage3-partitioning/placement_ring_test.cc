#include <fmt/format.h>

#include <algorithm>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/placement_cases.h"
#include "graders/stage3-partitioning/placement_checks.h"
#include "graders/stage3-partitioning/placement_shares.h"

namespace octet::grading::placing {
namespace {

constexpr std::uint32_t few = 8;  // tokens, where balance does not matter

GRADED_TEST(HashRing, EveryKeyHasOneOwner, 1,
            "an empty ring has no owners; in all others each key has one, also behind the last "
            "token, with every hash (PT2)") {
  expect_one_owner(hash_ring(few));
  expect_one_owner(hash_ring(1));
  Random random(seed(), "keys");
  const auto placement = placement::make_hash_ring(placement::good_hash, 1);
  const std::vector<NodeId> alone = some_ids(random, 1);
  placement->add({alone[0]});
  for (const std::string& key : users(random, 200)) {
    if (placement->owner(key) == alone[0]) continue;
    fail(fmt::format("a ring has the one token of {}, and the key {} does not belong to it",
                     text(alone[0]), shown(key)));
  }
}

GRADED_TEST(HashRing, MembersAloneDecide, 1,
            "the same members are the same ring, in whatever order they came, went and changed "
            "their weights, with every hash (PT1)") {
  expect_members_alone_to_decide(hash_ring(few));
}

GRADED_TEST(HashRing, ManyTokensMakeItEven, 1,
            "with 1,000 tokens each, ten nodes have nearly equal shares (PT3)") {
  Random random(seed(), "tokens");
  for (int ring = 0; ring < 3; ++ring) {
    const std::vector<NodeId> members = some_ids(random, 10);
    const auto placement = placement::make_hash_ring(placement::good_hash, 1'000);
    for (const NodeId id : members) placement->add({id});
    // A node has less than 0.8 of its share of the ring with probability B(9999, 0.08, 0.1) =
    // 1e-11, more than 1.2 with B(9999, 0.12, 0.1) = 3e-9. If not, it gets less than 0.65 of its
    // share of keys with B(20000, 0.08, 0.065) = 8e-15, more than 1.35 with B(20000, 0.12, 0.135) =
    // 2e-9. Together 5e-9; there are 30 nodes in three rings.
    expect_shares([&](const std::string& key) { return placement->owner(key); },
                  users(random, 20'000), equal_shares(members), 0.65, 1.35);
  }
}

GRADED_TEST(HashRing, ChangesMoveWhatTheyMust, 1,
            "who comes takes its share and moves no other key, who goes leaves its keys alone, and "
            "so with weights; with every hash (PT4)") {
  expect_no_other_moves(hash_ring(few));
  Random random(seed(), "moved");
  const std::vector<NodeId> ids = some_ids(random, 11);
  const std::vector<std::string> keys = users(random, 8'000);
  const auto placement = placement::make_hash_ring(placement::good_hash, 200);
  for (std::size_t i = 0; i < 10; ++i) placement->add({ids[i]});
  const auto owner_of = [&](const std::string& key) { return placement->owner(key); };
  // The part of the ring of one node of eleven is below 0.6 of its share with probability
  // B(2199, 0.6 / 11, 1 / 11) = 6e-11, above 1.5 with B(2199, 1.5 / 11, 1 / 11) = 5e-10. If not,
  // less than 0.4 or more than 2 of its share of keys come with B(8000, 0.6 / 11, 0.4 / 11) = 3e-13
  // and B(8000, 1.5 / 11, 2 / 11) = 1e-28.
  const double come = moved_by([&] { placement->add({ids[10]}); }, owner_of, keys);
  expect_moved(come, 0.4 / 11, 2.0 / 11, "a node comes to ten");
  const double gone = moved_by([&] { placement->remove(ids[0]); }, owner_of, keys);
  expect_moved(gone, 0.4 / 11, 2.0 / 11, "one node of eleven goes");
}

GRADED_TEST(HashRing, ListsHaveDifferentNodes, 1,
            "a preference list has as many different nodes as asked for, or all there are, and a "
            "node that goes leaves the others in their order (PT5)") {
  expect_lists_of_different_nodes(hash_ring(few));
  expect_lists_of_different_nodes(hash_ring(1));
  expect_lists_to_stay(hash_ring(few));
  expect_lists_to_stay(hash_ring(1));
}

GRADED_TEST(HashRing, SharesFollowWeights, 1,
            "with weights 1 to 4, and with one that is sixty times another, shares are nearly in "
            "that proportion, also when weights change (PT6)") {
  Random random(seed(), "weights");
  const std::vector<NodeId> ids = some_ids(random, 4);
  const std::vector<std::string> keys = users(random, 20'000);
  const auto placement = placement::make_hash_ring(placement::good_hash, 1'000);
  const auto owner_of = [&](const std::string& key) { return placement->owner(key); };
  // The weights add up to 10, so the node with weight 1 is one of ManyTokensMakeItEven. All others
  // have more arcs and more keys, and smaller probabilities.
  const std::vector<Member> rising = {{ids[0], 1}, {ids[1], 2}, {ids[2], 3}, {ids[3], 4}};
  for (const Member& member : rising) placement->add(member);
  expect_shares(owner_of, keys, weighted_shares(rising), 0.65, 1.35);
  tell("the weights change");
  const std::vector<Member> falling = {{ids[0], 4}, {ids[1], 3}, {ids[2], 2}, {ids[3], 1}};
  for (const Member& member : falling) placement->add(member);
  expect_shares(owner_of, keys, weighted_shares(falling), 0.65, 1.35);
  tell("some weigh much");
  // The lightest has 1,100 arcs of 70,400, and some 780 keys.
  const std::vector<Member> far_apart = {{ids[0], 1}, {ids[1], 3}, {ids[2], 60}};
  const auto coarser = placement::make_hash_ring(placement::good_hash, 1'100);
  for (const Member& member : far_apart) coarser->add(member);
  expect_shares([&](const std::string& key) { return coarser->owner(key); }, users(random, 50'000),
                weighted_shares(far_apart), 0.65, 1.35);
}

GRADED_TEST(HashRing, CollisionsHurtNobody, 1,
            "tokens at one point stay those of their nodes: as some of these go, the others have "
            "the keys, and when one comes back all is as before (PT9)") {
  expect_collisions_to_hurt_nobody(hash_ring(few));
  expect_collisions_to_hurt_nobody(hash_ring(1));
}

}  // namespace
}  // namespace octet::grading::placing
