#pragma once

#include <string>
#include <vector>

namespace octet::store {

/// What somebody knows of a key: the versions that nothing has replaced, and which versions there
/// have ever been. What tells versions apart, who makes them, and what a context is made of, is
/// yours to choose; a context must say exactly what its reader was shown (DQ2, DQ4).
class Siblings {
 public:
  /// Takes in what somebody else knows, in any order and any number of times.
  void merge(const Siblings& other);

  /// In the order of their bytes, without deletions.
  std::vector<std::string> values() const;

  bool operator==(const Siblings&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    // Lists your members that change: archive(one_, another_).
  }

 private:
  // Your members.
};

}  // namespace octet::store
