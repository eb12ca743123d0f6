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
  // Your members.
};

}  // namespace octet::sockets
