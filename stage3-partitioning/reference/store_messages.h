#pragma once

#include <compare>
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

/// A stand-in has this for the owner of the slot.
struct HandOff {
  Slot slot{};
  std::string key;
  Siblings copy;
};
/// The owner has it on disk. Which copy it was, the digest says.
struct HandedOff {
  Slot slot{};
  std::string key;
  Digest digest{};
};

/// Two copies of a partition are compared. `to` is the slot of the receiver, `from` that of the
/// sender.
struct Pair {
  Slot to{};
  Slot from{};
};

/// The sender has these digests for these parts of its tree.
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
