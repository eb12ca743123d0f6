#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>

#include "stage3-partitioning/api/shards.h"

namespace octet::shards {

/// All that there is to know of a key. It is kept and moved as one, so a write and the answer to it
/// cannot part (RB3).
struct KeyState {
  /// Of a client's last write of this key.
  struct Answer {
    std::uint64_t number = 0;  // of the request
    Written written;
    bool operator==(const Answer&) const = default;
  };

  std::optional<std::string> value = {};
  std::optional<WallTime> expires = {};  // a time, not a duration: moving takes time
  std::uint64_t version = 0;
  std::map<std::uint64_t, Answer> answers = {};  // by client
  bool operator==(const KeyState&) const = default;
};

/// What a Get finds at this time.
Found read(const KeyState& state, WallTime now);

/// What the request got when it was asked before. Nothing when it is new.
std::optional<Written> answer_to(const KeyState& state, RequestId id);

/// A write that is new takes effect.
Written write(KeyState& state, const Request& request, WallTime now);

const std::string& key_of(const Operation& operation);

}  // namespace octet::shards
