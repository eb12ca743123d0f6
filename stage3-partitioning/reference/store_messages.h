#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "hash_tree.h"
#include "stage3-partitioning/api/store.h"
#include "versions.h"

/// What the nodes of the store tell each other.
namespace octet::store {

/// Which request of its coordinator. A coordinator that has crashed counts anew, in another life.
struct RequestId {
  std::uint64_t life = 0;
  std::uint64_t number = 0;
  auto operator<=>(const RequestId&) const = default;
};

/// What do you know of this key, as the owner of that slot or as a stand-in for it?
struct ReadCopy {
  RequestId id;
  Slot slot{};
  std::string key;
  bool stand_in = false;
};
struct CopyRead {
  RequestId id;
  Slot slot{};
  Siblings copy;
  bool stand_in = false;
};

/// Take this in, and have it on disk before you answer.
struct StoreCopy {
  RequestId id;
  Slot slot{};
  std::string key;
  Siblings copy;
  bool stand_in = false;
};
struct CopyStored {
  RequestId id;
  Slot slot{};
};

/// The slot is another node's, as far as this map says.
struct NotServed {
  SlotMap map;
};

/// So much of copies is enough for one message.
constexpr std::size_t most_bytes = 1024 * 1024;

/// A stand-in has these copies for the owner of the slot.
struct HandOff {
  Slot slot{};
  std::map<std::string, Siblings> copies;
};
/// The owner has them on disk. Which copies they were, the digests say.
struct HandedOff {
  Slot slot{};
  std::map<std::string, Digest> copies;
};

/// Two copies of a partition are compared. `to` is the slot of the receiver, `from` that of the
/// sender.
struct Pair {
  Slot to{};
  Slot from{};
};

/// The sender has these parts in its tree.
struct CompareParts {
  Pair slots;
  std::vector<HashTree::Part> parts;
};
/// The sender has these keys, and no others, in these leaves of its tree.
struct CompareKeys {
  Pair slots;
  std::set<std::uint32_t> leaves;  // by place
  std::map<std::string, Digest> keys;
};
/// The sender has these copies, and wants those of the other keys.
struct Exchange {
  Pair slots;
  std::map<std::string, Siblings> copies;
  std::vector<std::string> wanted;
};

}  // namespace octet::store
