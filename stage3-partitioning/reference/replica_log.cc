#include "replica_log.h"

#include <algorithm>

#include "runtime/check.h"

namespace octet::followers {
namespace {

constexpr Index first{1};

}  // namespace

Epoch ReplicaLog::epoch_at(Index index) const {
  return index < first ? Epoch{0} : (*this)[index].epoch;
}

bool ReplicaLog::has(Token place) const {
  return place.index <= last() && epoch_at(place.index) == place.epoch;
}

Index ReplicaLog::retry_from(Index mismatch) const {
  if (mismatch > last()) return last() + 1;
  const Epoch epoch = epoch_at(mismatch);
  while (mismatch > first && epoch_at(mismatch - 1) == epoch) mismatch = mismatch - 1;
  return mismatch;
}

void ReplicaLog::replace(Index from, std::span<const Entry> entries) {
  OCTET_CHECK(first <= from && from <= last() + 1, "entries behind a gap");
  entries_.resize(from - first);
  entries_.insert(entries_.end(), entries.begin(), entries.end());
}

std::size_t ReplicaLog::known(Index from, std::span<const Entry> entries) const {
  std::size_t count = 0;
  while (count < entries.size() && has({entries[count].epoch, from + count})) ++count;
  return count;
}

std::vector<Entry> ReplicaLog::read(Index from, std::size_t most) const {
  const auto rest = all().subspan(from - first);
  const auto part = rest.first(std::min(rest.size(), most));
  return {part.begin(), part.end()};
}

const Entry& ReplicaLog::operator[](Index index) const {
  OCTET_CHECK(first <= index && index <= last(), "an entry that is not in the log");
  return entries_[index - first];
}

}  // namespace octet::followers
