#pragma once

#include <fmt/format.h>

#include <string>

#include "stage4-raft/api/raft.h"

/// How this stage's graders speak of servers, terms and entries.
namespace octet::raft {

inline std::uint64_t number(Term term) {
  return static_cast<std::uint64_t>(term);
}
inline std::uint64_t number(Index index) {
  return static_cast<std::uint64_t>(index);
}

inline std::string name(NodeId id) {
  return fmt::format("server {}", id.value);
}

/// "\"x\" of term 3", "an empty entry of term 3".
std::string text_of(const Entry& entry);

}  // namespace octet::raft
