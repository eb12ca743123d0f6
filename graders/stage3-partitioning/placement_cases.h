#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "graders/dsl/random.h"
#include "stage3-partitioning/api/solution.h"

/// What placements are tried with.
namespace octet::grading::placing {

using placement::AnyPlacement;
using placement::Hash;
using placement::Member;

/// One of the placements that are used alike.
struct Kind {
  std::string name;  // as in "HashRing"
  std::function<std::unique_ptr<AnyPlacement>(Hash)> make;
};
Kind modulo();
Kind hash_ring(std::uint32_t tokens);
Kind rendezvous();

struct NamedHash {
  std::string name;  // as in "a hash that is always 0"
  Hash hash = nullptr;
};

/// The good one first, then those that send much to one place: always the same, few values, the low
/// bits or the high ones only, values at either end, the bytes themselves.
const std::vector<NamedHash>& all_hashes();

/// One of all_hashes(): keys that begin with "user/" are behind all that is not a key.
inline constexpr std::string_view user = "user/";

/// The empty key, bytes from 0 to 255, long ones, and names of users.
std::vector<std::string> odd_keys(Random& random);

/// Names of users, all different; every other one has a zero byte in the middle.
std::vector<std::string> users(Random& random, std::size_t count);

/// Different ids, in any order: small ones, large ones below UINT32_MAX, and some that have their
/// lower bits in common.
std::vector<NodeId> some_ids(Random& random, std::size_t count);

/// With weights of 1 to 4.
std::vector<Member> some_members(Random& random, std::size_t count);

inline constexpr std::size_t sizes[] = {1, 2, 3, 4, 5, 7};

/// As in node 3.
std::string text(NodeId id);

/// As in node 3, node 7; with the sign that there are none.
std::string text(const std::vector<NodeId>& ids);

/// A key that can be read, whatever its bytes.
std::string shown(std::string_view key);

template <class Value>
void shuffle(std::vector<Value>& values, Random& random) {
  for (std::size_t left = values.size(); left > 1; --left) {
    std::swap(values[left - 1], values[random.below(left)]);
  }
}

}  // namespace octet::grading::placing
