#include "versions.h"

#include <algorithm>
#include <utility>

namespace octet::store {

bool VersionVector::covers(const Dot& dot) const {
  const auto place = up_to.find(dot.actor);
  return place != up_to.end() && dot.number <= place->second;
}

bool VersionVector::covers(const VersionVector& other) const {
  return std::ranges::all_of(other.up_to, [&](const auto& entry) {
    return covers(Dot{entry.first, entry.second});
  });
}

void VersionVector::merge(const VersionVector& other) {
  for (const auto& [actor, number] : other.up_to) {
    std::uint64_t& mine = up_to[actor];
    mine = std::max(mine, number);
  }
}

Dot Siblings::write(const VersionVector& context, Actor actor, std::optional<std::string> value,
                    std::string depends) {
  std::uint64_t stamp = 1;
  for (const Version& version : versions_) stamp = std::max(stamp, version.stamp + 1);
  std::erase_if(versions_, [&](const Version& version) { return context.covers(version.dot); });
  seen_.merge(context);
  const Dot dot{actor, ++seen_.up_to[actor]};
  versions_.push_back({dot, stamp, std::move(value), std::move(depends)});
  std::ranges::sort(versions_, {}, &Version::dot);
  return dot;
}

/// A version that only one side has is new to the other side, or that has seen it and has what
/// replaced it.
void Siblings::merge(const Siblings& other) {
  std::vector<Version> merged;
  for (const Version& mine : versions_) {
    if (other.has(mine.dot) || !other.seen_.covers(mine.dot)) merged.push_back(mine);
  }
  for (const Version& theirs : other.versions_) {
    if (!seen_.covers(theirs.dot)) merged.push_back(theirs);
  }
  std::ranges::sort(merged, {}, &Version::dot);
  versions_ = std::move(merged);
  seen_.merge(other.seen_);
}

std::vector<std::string> Siblings::values() const {
  std::vector<std::string> values;
  for (const Version& version : versions_) {
    if (version.value) values.push_back(*version.value);
  }
  std::ranges::sort(values);
  return values;
}

bool Siblings::has(const Dot& dot) const {
  return std::ranges::binary_search(versions_, dot, {}, &Version::dot);
}

}  // namespace octet::store
