#include "leader_values.h"

#include <algorithm>
#include <variant>

namespace octet::leaders {

void LeaderValues::apply(const Update& update) {
  latest_ = std::max(latest_, update.time);
  const Stamp stamp(update.time, update.origin);
  std::visit([&](const auto& write) { apply(write, stamp); }, update.write);
}

void LeaderValues::apply(const Set& write, const Stamp& stamp) {
  Winner& winner = winners_[write.key];
  if (stamp > winner.stamp) winner = {stamp, write.value};
}

void LeaderValues::apply(const Add& write, const Stamp&) {
  // Unsigned sums wrap around, so the order of arrival never matters.
  std::int64_t& counter = counters_[write.key];
  counter = static_cast<std::int64_t>(static_cast<std::uint64_t>(counter) +
                                      static_cast<std::uint64_t>(write.amount));
}

View LeaderValues::view() const {
  View view{.values = {}, .counters = counters_};
  for (const auto& [key, winner] : winners_) view.values[key] = winner.value;
  return view;
}

}  // namespace octet::leaders
