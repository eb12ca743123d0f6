#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "runtime/clock.h"

namespace octet::sockets {

/// Keys, their values, and when they expire. A key is gone from the instant of its expiry on, in
/// every function here; no timer is needed for that.
class Keyspace {
 public:
  using Time = Clock::time_point;
  static constexpr Time never = Time::max();

  struct Entry {
    std::string value;
    Time expiry = never;
  };

  /// The entry of the key, or nullptr. Its value may be changed in place; valid until the next call
  /// of a function that is not const.
  Entry* find(std::string_view key, Time now);

  /// Stores a value in place of any older one, together with when it expires.
  void set(std::string_view key, std::string value, Time expiry, Time now);

  /// Changes when a key expires; an expiry that is not after `now` erases it. False: no such key.
  bool expire(std::string_view key, Time expiry, Time now);

  /// False: no such key.
  bool erase(std::string_view key, Time now);

  /// How many keys there are.
  std::size_t size(Time now);

  void clear();
};

}  // namespace octet::sockets
