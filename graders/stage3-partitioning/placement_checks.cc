#include "graders/stage3-partitioning/placement_checks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <set>

#include "graders/dsl/graded_test.h"

namespace octet::grading::placing {
namespace {

void expect_empty(const AnyPlacement& placement, const std::string& when) {
  for (const std::string key : {"", "a", "user/7"}) {
    if (const auto owner = placement.owner(key)) {
      fail(fmt::format("{} the key {} belongs to {}, but there are no members", when, shown(key),
                       text(*owner)));
    }
    if (const auto list = placement.preference_list(key, 3); !list.empty()) {
      fail(fmt::format("{} the list of the key {} has {}, but there are no members", when,
                       shown(key), text(list)));
    }
  }
}

void expect_members(const AnyPlacement& placement, const std::vector<NodeId>& members,
                    const std::vector<std::string>& keys) {
  for (const std::string& key : keys) {
    const NodeId owner = owner_of(placement, key);
    if (!contains(members, owner)) {
      fail(fmt::format("the key {} belongs to {}, who is not a member: these are {}", shown(key),
                       text(owner), text(members)));
    }
    const std::vector<NodeId> list = placement.preference_list(key, 1);
    if (list != std::vector{owner}) {
      fail(fmt::format("the key {} belongs to {}, but a list of one node has {}", shown(key),
                       text(owner), text(list)));
    }
  }
}

/// `all`: what the list is when all of `members` are asked for.
void expect_list(const AnyPlacement& placement, const std::string& key, std::size_t nodes,
                 std::size_t members, const std::vector<NodeId>& all) {
  const std::vector<NodeId> list = placement.preference_list(key, nodes);
  const std::string got = fmt::format("of {} members the list of {} nodes for the key {} is {}",
                                      members, nodes, shown(key), text(list));
  if (std::set(list.begin(), list.end()).size() != list.size()) {
    fail(got + ": somebody is there twice (PT5)");
  }
  const std::size_t expected = std::min(nodes, members);
  if (list.size() != expected) fail(fmt::format("{}: it should have {} (PT5)", got, expected));
  const bool is_beginning =
      list.size() <= all.size() && std::equal(list.begin(), list.end(), all.begin());
  if (is_beginning) return;
  fail(fmt::format("{}, but the list of all is {} (PT5)", got, text(all)));
}

}  // namespace

void expect_one_owner(const Kind& kind) {
  with_every_hash([&](const NamedHash& hash, Random& random) {
    const std::vector<std::string> keys = odd_keys(random);
    for (const std::size_t size : sizes) {
      const auto placement = kind.make(hash.hash);
      expect_empty(*placement, "at first");
      const std::vector<NodeId> ids = some_ids(random, size);
      for (const NodeId id : ids) placement->add({id});
      expect_members(*placement, ids, keys);
      for (const NodeId id : ids) placement->remove(id);
      expect_empty(*placement, "when all have gone");
    }
  });
}

void expect_members_alone_to_decide(const Kind& kind) {
  with_every_hash([&](const NamedHash& hash, Random& random) {
    const std::vector<std::string> keys = odd_keys(random);
    for (const std::size_t size : sizes) {
      std::vector<Member> members = some_members(random, size + 1);
      const Member visitor = members.back();
      members.pop_back();
      std::ranges::sort(members, {}, &Member::id);
      const Lists expected = lists_of(*placed(kind, hash.hash, members), keys);
      expect_same(expected, lists_of(*placed(kind, hash.hash, members), keys), "once more");

      std::ranges::reverse(members);
      expect_same(expected, lists_of(*placed(kind, hash.hash, members), keys), "the other way");

      shuffle(members, random);
      const auto placement = kind.make(hash.hash);
      placement->add(visitor);
      for (const Member& member : members) placement->add({member.id, 5});
      placement->remove(visitor.id);
      placement->remove(visitor.id);
      for (const Member& member : members) placement->add(member);
      expect_same(expected, lists_of(*placement, keys), "after a visitor and other weights");

      for (const Member& member : members) {
        placement->remove(member.id);
        placement->add(member);
      }
      expect_same(expected, lists_of(*placement, keys), "each has gone and come");
    }
  });
}

void expect_lists_of_different_nodes(const Kind& kind) {
  with_every_hash([&](const NamedHash& hash, Random& random) {
    const std::vector<std::string> keys = odd_keys(random);
    for (const std::size_t size : {4, 1, 2, 3, 5, 7}) {
      const std::vector<Member> members = some_members(random, size);
      const auto placement = placed(kind, hash.hash, members);
      for (const std::string& key : keys) {
        const std::vector<NodeId> all = placement->preference_list(key, size);
        for (const std::size_t nodes : {size, size - 1, std::size_t{0}, std::size_t{1},
                                        std::size_t{2}, size + 1, 10 * size, SIZE_MAX}) {
          expect_list(*placement, key, nodes, size, all);
        }
        for (const Member& member : members) {
          if (contains(all, member.id)) continue;
          fail(fmt::format("the list of all {} members for the key {} is {}, without {} (PT5)",
                           size, shown(key), text(all), text(member.id)));
        }
        const NodeId owner = owner_of(*placement, key);
        if (all[0] == owner) continue;
        fail(fmt::format("the key {} belongs to {}, but the list of all is {} (PT5)", shown(key),
                         text(owner), text(all)));
      }
    }
  });
}

bool contains(const std::vector<NodeId>& ids, NodeId id) {
  return std::ranges::find(ids, id) != ids.end();
}

NodeId owner_of(const AnyPlacement& placement, const std::string& key) {
  const std::optional<NodeId> owner = placement.owner(key);
  if (!owner) fail(fmt::format("the key {} has no owner, though there are members", shown(key)));
  return *owner;
}

Lists lists_of(const AnyPlacement& placement, const std::vector<std::string>& keys) {
  Lists lists;
  for (const std::string& key : keys) {
    lists[key] = placement.preference_list(key, 100);
    if (lists[key].empty()) {
      fail(fmt::format("the list of the key {} is empty, though there are members", shown(key)));
    }
    if (const NodeId owner = owner_of(placement, key); owner != lists[key][0]) {
      fail(fmt::format("the key {} belongs to {}, but its list begins with {}", shown(key),
                       text(owner), text(lists[key][0])));
    }
  }
  return lists;
}

void expect_same(const Lists& expected, const Lists& got, const std::string& when) {
  for (const auto& [key, list] : expected) {
    if (got.at(key) == list) continue;
    fail(
        fmt::format("two placements have the same members, but not the same list for the key {}:\n"
                    "  added one by one   {}\n  {:<18} {}",
                    shown(key), text(list), when, text(got.at(key))));
  }
}

std::unique_ptr<AnyPlacement> placed(const Kind& kind, Hash hash,
                                     const std::vector<Member>& members) {
  auto placement = kind.make(hash);
  for (const Member& member : members) placement->add(member);
  return placement;
}

void with_every_hash(const std::function<void(const NamedHash&, Random&)>& check) {
  Random random(seed(), "members and keys");
  for (const NamedHash& hash : all_hashes()) {
    try {
      check(hash, random);
    } catch (const Failed& failed) {
      fail(fmt::format("with {}, {}", hash.name, failed.what()));
    }
  }
}

}  // namespace octet::grading::placing
