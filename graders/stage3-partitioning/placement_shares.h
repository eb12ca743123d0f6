#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "graders/stage3-partitioning/placement_cases.h"

/// How many keys lie where, with the usual hash. The bands are so wide that a right solution leaves
/// them in less than one of a million runs; the numbers stand beside each. They are Chernoff's: of
/// n draws, each with probability p, a part q or more (if q > p; or less, if q < p) comes out with
/// probability below
///
///     B(n, p, q) = exp(-n (q ln(q / p) + (1 - q) ln((1 - q) / (1 - p)))).
///
/// On a ring that N + 1 random tokens cut, T of the arcs together are less than a part p with the
/// probability that of N points T or more fall into a part p: below B(N, p, T / N). So with more.
namespace octet::grading::placing {

using OwnerOf = std::function<std::optional<NodeId>(const std::string& key)>;

/// What a node should have of all keys, from 0 to 1.
using Shares = std::map<NodeId, double>;

/// As many for each.
Shares equal_shares(const std::vector<NodeId>& ids);

/// In proportion to the weights.
Shares weighted_shares(const std::vector<Member>& members);

/// Every node has so many keys: its share, times something from `low` to `high`.
void expect_shares(const OwnerOf& owner_of, const std::vector<std::string>& keys,
                   const Shares& shares, double low, double high);

/// What part of the keys belongs to somebody else after `change`.
double moved_by(const std::function<void()>& change, const OwnerOf& owner_of,
                const std::vector<std::string>& keys);

void expect_moved(double moved, double low, double high, const std::string& what);

}  // namespace octet::grading::placing
