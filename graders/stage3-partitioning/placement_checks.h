#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "graders/stage3-partitioning/placement_cases.h"

/// What holds of every placement, with every hash. Each of these ends the test when it does not.
namespace octet::grading::placing {

/// Nobody without members, and one of them otherwise, who is also first in the list (PT2).
void expect_one_owner(const Kind& kind);

/// Whatever way the members came to be these (PT1).
void expect_members_alone_to_decide(const Kind& kind);

/// As long as they shall be, nobody twice (PT5).
void expect_lists_of_different_nodes(const Kind& kind);

/// Who comes takes keys and moves no others; who goes leaves its keys and moves no others; so with
/// weights (PT4).
void expect_no_other_moves(const Kind& kind);

/// Without one of the members, lists are as before without it (PT5).
void expect_lists_to_stay(const Kind& kind);

/// Members go one by one, and come back: the lists have those who are there, as they had before
/// (PT9).
void expect_collisions_to_hurt_nobody(const Kind& kind);

// What they are made of.

/// Of a key that has one.
NodeId owner_of(const AnyPlacement& placement, const std::string& key);

/// All that a placement says of some keys. Nobody's list is empty, and each begins with the owner.
using Lists = std::map<std::string, std::vector<NodeId>>;
Lists lists_of(const AnyPlacement& placement, const std::vector<std::string>& keys);

/// `when` says how the second placement came to have the same members as the first.
void expect_same(const Lists& expected, const Lists& got, const std::string& when);

/// With these members, added in this order.
std::unique_ptr<AnyPlacement> placed(const Kind& kind, Hash hash,
                                     const std::vector<Member>& members);

/// Calls `check` with each of all_hashes(), and says with which one it failed.
void with_every_hash(const std::function<void(const NamedHash&, Random&)>& check);

bool contains(const std::vector<NodeId>& ids, NodeId id);

}  // namespace octet::grading::placing
