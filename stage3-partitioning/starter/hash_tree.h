#pragma once

namespace octet::store {

/// The keys of one slot as a tree of digests (3f; §4.7): two that are equal have equal roots, and
/// what differs is found without looking at what does not.
class HashTree {
 public:
  bool operator==(const HashTree&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // Lists your members that change: archive(one_, another_).
  }

 private:
  // Your members.
};

}  // namespace octet::store
