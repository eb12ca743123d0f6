#pragma once

namespace octet::store {

/// What a node keeps on disk for the owners of slots (3f; hinted hand-off, §4.6).
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
