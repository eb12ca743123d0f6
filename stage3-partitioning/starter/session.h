#pragma once

namespace octet::store {

/// What somebody has seen, of all keys (3g). It travels as text that nobody but you reads.
struct Session {
  bool operator==(const Session&) const = default;
  // Your members.
};

}  // namespace octet::store
