#pragma once

#include <fmt/format.h>

#include <string>

#include "stage3-partitioning/api/followers.h"

/// How the graders of leaders and followers speak of replicas, epochs and entries.
namespace octet::followers {

inline std::uint64_t number(Epoch epoch) {
  return static_cast<std::uint64_t>(epoch);
}
inline std::uint64_t number(Index index) {
  return static_cast<std::uint64_t>(index);
}

inline std::string name(NodeId id) {
  return fmt::format("replica {}", id.value);
}

/// "put x = 1", "add 3 to counter".
std::string text_of(const Write& write);

/// "put x = 1 of epoch 3 at index 7".
std::string text_of(const Entry& entry, Index index);

/// "index 7 of epoch 3".
std::string text_of(Token token);

std::string text_of(const std::optional<std::string>& value);

}  // namespace octet::followers
