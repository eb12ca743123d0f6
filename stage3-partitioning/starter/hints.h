#pragma once

namespace octet::store {

/// What a node keeps on disk for the owners of slots (3f; hinted hand-off, §4.6). To write its log
/// anew it has to be a node inside a node, as the shelf is: what StoreNode compacts takes the place
/// of the shelf's records, too.
class Hints {
 public:
  bool operator==(const Hints&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // Lists your members that change: archive(one_, another_).
  }

 private:
  // Your members.
};

}  // namespace octet::store
