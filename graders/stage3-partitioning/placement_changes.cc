#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <ranges>
#include <span>

#include "graders/dsl/graded_test.h"
#include "graders/stage3-partitioning/placement_checks.h"

namespace octet::grading::placing {
namespace {

using Owners = std::map<std::string, NodeId>;

Owners owners_of(const AnyPlacement& placement, const std::vector<std::string>& keys) {
  Owners owners;
  for (const std::string& key : keys) owners[key] = owner_of(placement, key);
  return owners;
}

/// Every key that has moved went to `gainer`, or was `loser`'s.
void expect_moves(const Owners& before, const Owners& after, std::optional<NodeId> gainer,
                  std::optional<NodeId> loser, const std::string& what) {
  for (const auto& [key, owner] : before) {
    const NodeId now = after.at(key);
    if (now == owner || now == gainer || owner == loser) continue;
    fail(fmt::format("{}, and the key {} moves from {} to {}, which that does not concern (PT4)",
                     what, shown(key), text(owner), text(now)));
  }
}

}  // namespace

void expect_no_other_moves(const Kind& kind) {
  with_every_hash([&](const NamedHash& hash, Random& random) {
    const std::vector<std::string> keys = odd_keys(random);
    for (const std::size_t size : sizes) {
      std::vector<Member> members = some_members(random, size + 1);
      const Member comer = members.back();
      members.pop_back();
      const auto placement = placed(kind, hash.hash, members);
      const Owners before = owners_of(*placement, keys);
      placement->add(comer);
      const Owners with = owners_of(*placement, keys);
      expect_moves(before, with, comer.id, {}, text(comer.id) + " comes");
      placement->add({comer.id, comer.weight + 3});
      const Owners heavier = owners_of(*placement, keys);
      expect_moves(with, heavier, comer.id, {}, text(comer.id) + " gets more weight");
      placement->add(comer);
      const Owners lighter = owners_of(*placement, keys);
      expect_moves(heavier, lighter, {}, comer.id, text(comer.id) + " gets less weight");
      const NodeId goer = members[random.below(size)].id;
      placement->remove(goer);
      expect_moves(lighter, owners_of(*placement, keys), {}, goer, text(goer) + " goes");
    }
  });
}

void expect_lists_to_stay(const Kind& kind) {
  with_every_hash([&](const NamedHash& hash, Random& random) {
    const std::vector<std::string> keys = odd_keys(random);
    for (const std::size_t size : sizes) {
      const std::vector<Member> members = some_members(random, size + 1);
      const auto placement = placed(kind, hash.hash, members);
      const Lists before = lists_of(*placement, keys);
      const NodeId goer = members[random.below(members.size())].id;
      placement->remove(goer);
      for (const auto& [key, list] : lists_of(*placement, keys)) {
        std::vector<NodeId> expected = before.at(key);
        std::erase(expected, goer);
        if (list == expected) continue;
        fail(fmt::format("{} goes, and the list of the key {} was {}, but now is {} (PT5)",
                         text(goer), shown(key), text(before.at(key)), text(list)));
      }
    }
  });
}

void expect_collisions_to_hurt_nobody(const Kind& kind) {
  with_every_hash([&](const NamedHash& hash, Random& random) {
    const std::vector<std::string> keys = odd_keys(random);
    std::vector<Member> members = some_members(random, 5);
    const auto placement = placed(kind, hash.hash, members);
    const Lists all = lists_of(*placement, keys);
    for (std::size_t gone = 1; gone < members.size(); ++gone) {
      placement->remove(members[gone - 1].id);
      const std::span left = std::span(members).subspan(gone);
      for (const auto& [key, list] : lists_of(*placement, keys)) {
        const bool are_all_there = std::ranges::all_of(
            left, [&](const Member& member) { return contains(list, member.id); });
        if (are_all_there && list.size() == left.size()) continue;
        fail(fmt::format(
            "{} of five members are gone, and the list of the key {} is {}; it should have "
            "the {} who are left (PT9)",
            gone, shown(key), text(list), left.size()));
      }
    }
    for (const Member& member : std::views::reverse(members)) placement->add(member);
    expect_same(all, lists_of(*placement, keys), "all gone and back");
  });
}

}  // namespace octet::grading::placing
