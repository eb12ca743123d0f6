#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "runtime/node.h"
#include "runtime/random.h"

/// Which node has which key. A *placement* is a pure function of who the members are and of the
/// key: every process computes the same, whatever the order in which members came (PT1).
///
/// A ModuloPlacement, a HashRing and a Rendezvous are used alike:
///
///     void add(const Member& member);    // somebody who is a member: this is the new weight
///     void remove(NodeId id);            // somebody who is none: nothing happens
///     std::optional<NodeId> owner(std::string_view key) const;  // none if there are no members
///     std::vector<NodeId> preference_list(std::string_view key, std::size_t nodes) const;
///
/// A preference list has the nodes that shall keep copies of the key: the owner first, and as many
/// more as are asked for, however many that is, or all members if they are fewer; nobody twice
/// (PT5). A longer list begins with the shorter one.
namespace octet::placement {

/// Makes 64 bits of any bytes. A placement is given one, and takes all its hashes from it. Which
/// bytes stand for a node or a token is yours to choose, and you may mix() what comes of them; only
/// the modulo takes a key's hash as it is. Graders also give bad hashes, which send many keys or
/// many nodes to one place: nothing may break then but the balance.
using Hash = std::uint64_t (*)(std::string_view bytes);

/// The usual one.
inline std::uint64_t good_hash(std::string_view bytes) {
  return mix(hash_of(bytes));
}

struct Member {
  NodeId id;
  std::uint32_t weight = 1;  // above 0: its share of the keys is in proportion to it (PT6)
  bool operator==(const Member&) const = default;
};

/// The keys from `begin` up to, and without, `end`, in the order of their bytes. Without an `end`:
/// all from `begin` on.
struct Range {
  std::string begin;
  std::optional<std::string> end;
  NodeId owner;
  /// Rises whenever this range becomes another one: it has been split, merged or moved. Who asks
  /// with an older number has an old map.
  std::uint64_t epoch = 1;
  bool operator==(const Range&) const = default;
};

}  // namespace octet::placement
