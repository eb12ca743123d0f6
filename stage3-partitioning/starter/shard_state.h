#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "stage3-partitioning/api/shards.h"

namespace octet::shards {

/// What there is to know of a key. The shelf keeps and moves it as bytes: encode(state) makes them,
/// and decode(bytes, state) reads them (runtime/erase/bytes.h).
struct KeyState {
  std::optional<std::string> value = {};
  std::uint64_t version = 0;
  // And all that has to move with it (RB3).
  bool operator==(const KeyState&) const = default;
};

/// What a Get finds at this time.
Found read(const KeyState& state, WallTime now);

/// A write takes effect.
Written write(KeyState& state, const Request& request, WallTime now);

const std::string& key_of(const Operation& operation);

}  // namespace octet::shards
