#include <fmt/format.h>

#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/placement_cases.h"
#include "graders/stage3-partitioning/placement_checks.h"
#include "graders/stage3-partitioning/placement_shares.h"

namespace octet::grading::placing {
namespace {

GRADED_TEST(Rendezvous, MembersAloneDecide, 1,
            "every key has one owner, and the same members give the same, in whatever order they "
            "came, went and changed their weights, with every hash (PT1, PT2)") {
  expect_one_owner(rendezvous());
  expect_members_alone_to_decide(rendezvous());
}

GRADED_TEST(Rendezvous, SharesAreEven, 1, "ten nodes have equal shares (PT3)") {
  Random random(seed(), "shares");
  for (int round = 0; round < 2; ++round) {
    const std::vector<NodeId> members = some_ids(random, 10);
    const auto placement = placement::make_rendezvous(placement::good_hash);
    for (const NodeId id : members) placement->add({id});
    // Less than 0.85 of its share has a node with probability B(20000, 0.1, 0.085) = 5e-12, more
    // than 1.15 with B(20000, 0.1, 0.115) = 4e-11; there are twenty.
    expect_shares([&](const std::string& key) { return placement->owner(key); },
                  users(random, 20'000), equal_shares(members), 0.85, 1.15);
  }
}

GRADED_TEST(Rendezvous, ChangesMoveWhatTheyMust, 1,
            "who comes takes its share and moves no other key, who goes leaves its keys alone, and "
            "so with weights; with every hash (PT4)") {
  expect_no_other_moves(rendezvous());
  Random random(seed(), "moved");
  const std::vector<NodeId> ids = some_ids(random, 11);
  const std::vector<std::string> keys = users(random, 4'000);
  const auto placement = placement::make_rendezvous(placement::good_hash);
  for (std::size_t i = 0; i < 10; ++i) placement->add({ids[i]});
  const auto owner_of = [&](const std::string& key) { return placement->owner(key); };
  // B(4000, 1 / 11, 0.65 / 11) = 1e-12, B(4000, 1 / 11, 1.4 / 11) = 4e-13, twice.
  const double come = moved_by([&] { placement->add({ids[10]}); }, owner_of, keys);
  expect_moved(come, 0.65 / 11, 1.4 / 11, "a node comes to ten");
  const double gone = moved_by([&] { placement->remove(ids[0]); }, owner_of, keys);
  expect_moved(gone, 0.65 / 11, 1.4 / 11, "one node of eleven goes");
}

GRADED_TEST(Rendezvous, ListsHaveDifferentNodes, 1,
            "a preference list has as many different nodes as asked for, or all there are, and a "
            "node that goes leaves the others in their order (PT5)") {
  expect_lists_of_different_nodes(rendezvous());
  expect_lists_to_stay(rendezvous());
}

GRADED_TEST(Rendezvous, SharesFollowWeights, 1,
            "shares are in proportion to weights, small or large, also when they change (PT6)") {
  Random random(seed(), "weights");
  const std::vector<NodeId> ids = some_ids(random, 4);
  const std::vector<std::string> keys = users(random, 20'000);
  const auto placement = placement::make_rendezvous(placement::good_hash);
  const auto owner_of = [&](const std::string& key) { return placement->owner(key); };
  // The node with weight 1 has a tenth, as in SharesAreEven. All others have more, and smaller
  // probabilities.
  const std::vector<Member> rising = {{ids[0], 1}, {ids[1], 2}, {ids[2], 3}, {ids[3], 4}};
  for (const Member& member : rising) placement->add(member);
  expect_shares(owner_of, keys, weighted_shares(rising), 0.85, 1.15);
  tell("the weights change");
  const std::vector<Member> falling = {{ids[0], 4}, {ids[1], 3}, {ids[2], 2}, {ids[3], 1}};
  for (const Member& member : falling) placement->add(member);
  expect_shares(owner_of, keys, weighted_shares(falling), 0.85, 1.15);
  tell("weights are large");
  const std::vector<Member> large = {{ids[0], 200}, {ids[1], 400}, {ids[2], 400}, {ids[3], 1'000}};
  for (const Member& member : large) placement->add(member);
  expect_shares(owner_of, keys, weighted_shares(large), 0.85, 1.15);
}

GRADED_TEST(Rendezvous, EqualScoresHurtNobody, 1,
            "nodes with equal scores are all there: as some of them go, the others have the keys, "
            "and when one comes back all is as before (PT9)") {
  expect_collisions_to_hurt_nobody(rendezvous());
}

}  // namespace
}  // namespace octet::grading::placing
