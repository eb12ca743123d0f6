#include "keyspace.h"

namespace octet::sockets {
namespace {

/// How many expired keys a change of a key takes along. More than one, so that expired keys go
/// faster than new ones come; few, so that no command has to pay for many.
constexpr std::size_t taken_along = 4;

}  // namespace

std::string* Keyspace::find(std::string_view key, Time now) {
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second.expiry <= now) return nullptr;
  return &found->second.value;
}

Keyspace::Time Keyspace::expiry(std::string_view key, Time now) const {
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second.expiry <= now) return never;
  return found->second.expiry;
}

void Keyspace::set(std::string_view key, std::string_view value, Time expiry, Time now) {
  reclaim(now, taken_along);
  auto found = entries_.find(key);
  if (found == entries_.end()) found = entries_.try_emplace(std::string(key)).first;
  found->second.value = std::string(value);  // not assign(): it keeps the memory of a longer one
  schedule(*found, expiry);
}

bool Keyspace::expire(std::string_view key, Time expiry, Time now) {
  reclaim(now, taken_along);
  const auto found = entries_.find(key);
  if (found == entries_.end() || found->second.expiry <= now) return false;
  if (expiry <= now) {
    remove(found);
  } else {
    schedule(*found, expiry);
  }
  return true;
}

bool Keyspace::erase(std::string_view key, Time now) {
  const auto found = entries_.find(key);
  if (found == entries_.end()) return false;
  const bool existed = found->second.expiry > now;
  remove(found);
  return existed;
}

std::size_t Keyspace::size(Time now) {
  reclaim(now, entries_.size());
  return entries_.size();
}

void Keyspace::clear() {
  expiries_.clear();
  entries_.clear();
}

void Keyspace::schedule(Entries::value_type& entry, Time expiry) {
  auto& [key, stored] = entry;
  if (stored.expiry != never) expiries_.erase({stored.expiry, key});
  stored.expiry = expiry;
  if (expiry != never) expiries_.emplace(expiry, key);
}

void Keyspace::remove(Entries::iterator entry) {
  schedule(*entry, never);
  entries_.erase(entry);
}

/// Frees the memory of keys that have expired, longest ago first.
void Keyspace::reclaim(Time now, std::size_t at_most) {
  while (at_most-- > 0 && !expiries_.empty() && expiries_.begin()->first <= now) {
    remove(entries_.find(expiries_.begin()->second));
  }
}

}  // namespace octet::sockets
