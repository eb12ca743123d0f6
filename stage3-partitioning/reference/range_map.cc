#include "range_map.h"

#include <iterator>
#include <optional>

namespace octet::placement {

RangeMap::RangeMap(NodeId first_owner) {
  ranges_.emplace("", Held{first_owner, last_epoch_});
}

Range RangeMap::range_of(std::string_view key) const {
  return range_at(std::prev(ranges_.upper_bound(key)));
}

std::vector<Range> RangeMap::ranges() const {
  std::vector<Range> all;
  for (auto place = ranges_.begin(); place != ranges_.end(); ++place) {
    all.push_back(range_at(place));
  }
  return all;
}

bool RangeMap::split(std::string_view at, NodeId upper_owner) {
  if (ranges_.contains(at)) return false;
  Held& lower = std::prev(ranges_.upper_bound(at))->second;
  lower.epoch = ++last_epoch_;
  ranges_.emplace(at, Held{upper_owner, last_epoch_});
  return true;
}

bool RangeMap::merge(std::string_view at) {
  const auto upper = ranges_.find(at);
  if (upper == ranges_.end() || upper == ranges_.begin()) return false;
  std::prev(upper)->second.epoch = ++last_epoch_;
  ranges_.erase(upper);
  return true;
}

bool RangeMap::move(std::string_view begin, NodeId to) {
  const auto range = ranges_.find(begin);
  if (range == ranges_.end()) return false;
  range->second = {to, ++last_epoch_};
  return true;
}

Range RangeMap::range_at(Ranges::const_iterator place) const {
  const auto& [begin, held] = *place;
  const auto next = std::next(place);
  return {begin, next == ranges_.end() ? std::nullopt : std::optional(next->first), held.owner,
          held.epoch};
}

}  // namespace octet::placement
