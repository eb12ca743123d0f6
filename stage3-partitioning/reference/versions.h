#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace octet::store {

/// Whoever creates versions. Nobody uses the number of another, nor that of its own former life.
using Actor = std::uint64_t;

/// The name of a version: the so-and-so-manieth of its actor, for one key.
struct Dot {
  Actor actor = 0;
  std::uint64_t number = 0;
  auto operator<=>(const Dot&) const = default;
};

/// Which versions of a key have been seen: of each actor those up to a number. This is exact, and
/// not only an upper bound, since whoever creates a version has all earlier ones of the same actor,
/// and passes on nothing without them (Preguiça et al. 2010).
struct VersionVector {
  std::map<Actor, std::uint64_t> up_to;

  bool covers(const Dot& dot) const;
  bool covers(const VersionVector& other) const;
  void merge(const VersionVector& other);
  bool operator==(const VersionVector&) const = default;
};

/// One value of a key, or that it was deleted.
struct Version {
  Dot dot;
  /// Of two versions that do not know of each other, the one with the higher stamp is the later one
  /// for those who may see only one (§ strong level). A version has a higher one than all it
  /// replaces.
  std::uint64_t stamp = 0;
  std::optional<std::string> value;
  bool operator==(const Version&) const = default;

  bool is_before(const Version& other) const {
    return std::tie(stamp, dot) < std::tie(other.stamp, other.dot);
  }
};

/// What a copy knows of a key: the versions that nothing has replaced, and which it has ever seen.
class Siblings {
 public:
  /// A new version takes the place of those that the context has seen. `actor` creates versions of
  /// this key here and nowhere else.
  void write(const VersionVector& context, Actor actor, std::optional<std::string> value);

  /// Takes in what another copy knows. The order does not matter, nor how often.
  void merge(const Siblings& other);

  /// In the order of their bytes, without deletions.
  std::vector<std::string> values() const;
  const std::vector<Version>& versions() const { return versions_; }
  const VersionVector& seen() const { return seen_; }

  bool operator==(const Siblings&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(seen_.up_to, versions_);
  }

 private:
  VersionVector seen_;
  std::vector<Version> versions_;  // in the order of their dots
};

}  // namespace octet::store
