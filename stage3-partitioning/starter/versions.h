#pragma once

#include <string>
#include <vector>

namespace octet::store {

/// What a copy knows of a key: the versions that nothing has replaced, and which it has ever seen.
/// What a context is made of is yours to choose.
class Siblings {
 public:
  /// In the order of their bytes, without deletions.
  std::vector<std::string> values() const;

  bool operator==(const Siblings&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive();  // and all that you add
  }

 private:
  // Your members.
};

}  // namespace octet::store
