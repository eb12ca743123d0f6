#pragma once

#include <cstddef>
#include <functional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/clock.h"

namespace octet::sockets {

/// Keys, their values, and when they expire. From the instant of its expiry on a key is gone, for
/// every function here. Nothing has to happen at that instant: whoever asks says what time it is.
class Keyspace {
 public:
  using Time = Clock::time_point;
  static constexpr Time never = Time::max();

  /// The value of a key, or nullptr. It may be changed in place, which leaves the expiry alone, and
  /// is valid until the next call of a function that changes keys.
  std::string* find(std::string_view key, Time now);

  /// When a key expires; never, too, for a key that does not exist.
  Time expiry(std::string_view key, Time now) const;

  /// Stores a value, and when it expires, in place of any older one.
  void set(std::string_view key, std::string_view value, Time expiry, Time now);

  /// Changes when a key expires; a time that has come erases it. False: no such key.
  bool expire(std::string_view key, Time expiry, Time now);

  /// False: no such key.
  bool erase(std::string_view key, Time now);

  /// How many keys there are.
  std::size_t size(Time now);

  void clear();

 private:
  struct Entry {
    std::string value;
    Time expiry = never;
  };
  struct Hash {
    using is_transparent = void;  // finds a string_view without making a string of it
    // Not noexcept, so that libstdc++ keeps the hash of each key beside it. Otherwise it walks a
    // bucket by hashing the keys there again: a third of a server's time.
    std::size_t operator()(std::string_view key) const {
      return std::hash<std::string_view>()(key);
    }
  };
  using Entries = std::unordered_map<std::string, Entry, Hash, std::equal_to<>>;

  void schedule(Entries::value_type& entry, Time expiry);
  void remove(Entries::iterator entry);
  void reclaim(Time now, std::size_t at_most);

  Entries entries_;
  std::set<std::pair<Time, std::string_view>> expiries_;  // the keys are those in entries_
};

}  // namespace octet::sockets
