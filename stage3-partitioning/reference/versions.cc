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

void Siblings::write(const VersionVector& context, Actor actor, std::optional<std::string> value) {
  std::uint64_t stamp = 0;
  for (const Version& version : versions_) stamp = std::max(stamp, version.stamp);
  std::erase_if(versions_, [&](const Version& version) { return context.covers(version.dot); });
  seen_.merge(context);
  versions_.push_back({{actor, ++seen_.up_to[actor]}, stamp + 1, std::move(value)});
  std::ranges::sort(versions_, {}, &Version::dot);
}

/// A version that one side lacks is new to it, or has been replaced there: then it has seen it.
void Siblings::merge(const Siblings& other) {
  const auto has = [](const Siblings& of, const Version& version) {
    return std::ranges::binary_search(of.versions_, version.dot, {}, &Version::dot);
  };
  std::vector<Version> kept;
  for (const Version& mine : versions_) {
    if (has(other, mine) || !other.seen_.covers(mine.dot)) kept.push_back(mine);
  }
  for (const Version& theirs : other.versions_) {
    if (!seen_.covers(theirs.dot)) kept.push_back(theirs);
  }
  std::ranges::sort(kept, {}, &Version::dot);
  versions_ = std::move(kept);
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

}  // namespace octet::store
