#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>
#include <vector>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/placement_cases.h"
#include "graders/stage3-partitioning/placement_checks.h"
#include "graders/stage3-partitioning/placement_shares.h"

namespace octet::grading::placing {
namespace {

/// The key is the number.
std::uint64_t the_key(std::string_view bytes) {
  std::uint64_t number = 0;
  std::memcpy(&number, bytes.data(), std::min(bytes.size(), sizeof(number)));
  return number;
}

std::string key_of(std::uint64_t number) {
  std::string bytes(sizeof(number), '\0');
  std::memcpy(bytes.data(), &number, sizeof(number));
  return bytes;
}

void expect_remainders(const AnyPlacement& placement, std::vector<NodeId> members) {
  std::ranges::sort(members);
  for (const std::uint64_t hash :
       {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{59}, std::uint64_t{INT32_MAX} + 1,
        std::uint64_t{UINT32_MAX}, std::uint64_t{UINT32_MAX} + 1, 7 * std::uint64_t{UINT32_MAX},
        std::uint64_t{INT64_MAX}, std::uint64_t{INT64_MAX} + 1, UINT64_MAX - 1, UINT64_MAX}) {
    const NodeId expected = members[hash % members.size()];
    const auto owner = placement.owner(key_of(hash));
    if (owner == expected) continue;
    fail(
        fmt::format("a key with the hash {} belongs to {}, but {} % {} is {}, and in the order of "
                    "their ids the members are {}",
                    hash, owner ? text(*owner) : "nobody", hash, members.size(),
                    hash % members.size(), text(members)));
  }
}

GRADED_TEST(Modulo, TheRemainderDecides, 1,
            "of n members in the order of ids, number hash % n has the key, for all 64 bits of the "
            "hash, whatever way they came (PT1, PT2)") {
  Random random(seed(), "modulo");
  for (const std::size_t size : {1, 2, 3, 4, 5, 7, 60}) {
    std::vector<NodeId> members = some_ids(random, size);
    const auto placement = placement::make_modulo(the_key);
    for (const NodeId id : members) placement->add({id});
    expect_remainders(*placement, members);
    placement->add({members[size / 2], 3});
    placement->remove(members.back());
    placement->remove(members.back());
    placement->add({members.back(), 1});
    expect_remainders(*placement, members);
  }
  expect_one_owner(modulo());
  expect_members_alone_to_decide(modulo());
  expect_lists_of_different_nodes(modulo());
}

GRADED_TEST(Modulo, SharesAreEvenAndNearlyAllMoves, 1,
            "every member has its share, but one more of ten and 10 of 11 keys move (PT3)") {
  Random random(seed(), "modulo");
  const std::vector<NodeId> members = some_ids(random, 11);
  const std::vector<std::string> keys = users(random, 20'000);
  const auto placement = placement::make_modulo(placement::good_hash);
  for (std::size_t i = 0; i < 10; ++i) placement->add({members[i]});
  const auto owner_of = [&](const std::string& key) { return placement->owner(key); };
  // A node's count is binomial with mean 2,000. By Chernoff's bound it is 20 % off with probability
  // below 2 exp(-2000 * 0.2^2 / 3) = 6e-12, any of ten below 1e-10.
  expect_shares(owner_of, keys, equal_shares({members.begin(), members.begin() + 10}), 0.8, 1.2);
  // With the greatest id it comes last. A key stays when its hash % 110 is below 10: 1 of 11. Of
  // 20,000 keys 1,818 are expected to, and 30 % more or less come with probability below
  // 2 exp(-1818 * 0.3^2 / 3) = 5e-24.
  const double moved = moved_by([&] { placement->add({UINT32_MAX}); }, owner_of, keys);
  expect_moved(moved, 1 - 1.3 / 11, 1 - 0.7 / 11, "an eleventh member with the greatest id comes");
}

}  // namespace
}  // namespace octet::grading::placing
