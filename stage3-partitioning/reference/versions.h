#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace octet::store {

/// Who creates versions of a key: nobody twice, so a number is drawn for each.
using Actor = std::uint64_t;

/// The name of a version: an actor's first, second, ... one of that key.
struct Dot {
  Actor actor = 0;
  std::uint64_t number = 0;
  auto operator<=>(const Dot&) const = default;
};

/// Which versions of a key have been seen: of each actor all those up to a number. That says it
/// exactly: an actor knows all its own versions and passes none on without the earlier ones, so
/// there is nobody who has its third, and not its second (Preguiça et al. 2010).
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
  /// Above that of every version that its actor knew. So the versions of a key have an order, for
  /// those who may see only one of them (levels.cc).
  std::uint64_t stamp = 0;
  std::optional<std::string> value = {};
  std::string depends = {};  // on what, as a session (session.h); empty below the causal level
  bool operator==(const Version&) const = default;

  bool is_before(const Version& other) const {
    return std::tie(stamp, dot) < std::tie(other.stamp, other.dot);
  }
};

/// What somebody knows of a key: which versions there have ever been, and those of them that
/// nothing has replaced. What has been seen and is not there has been replaced, and by something
/// that has been seen as well: write() and merge() keep this so, and merge() relies on it.
class Siblings {
 public:
  /// A new version takes the place of those that the context has seen, and of no others (§4.4).
  /// All versions of this key that `actor` ever made were made here.
  Dot write(const VersionVector& context, Actor actor, std::optional<std::string> value,
            std::string depends);

  /// Takes in what somebody else knows, in any order and any number of times.
  void merge(const Siblings& other);

  /// In the order of their bytes, without deletions.
  std::vector<std::string> values() const;

  const std::vector<Version>& versions() const { return versions_; }
  const VersionVector& seen() const { return seen_; }

  bool operator==(const Siblings&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(seen_, versions_);
  }

 private:
  bool has(const Dot& dot) const;

  VersionVector seen_;
  std::vector<Version> versions_;  // in the order of their dots
};

}  // namespace octet::store
