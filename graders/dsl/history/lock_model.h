#pragma once

#include <optional>
#include <unordered_map>

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// A lock for the search (SequentialModel). The state is who has it; all who never give it back are
/// one.
class LockModel {
 public:
  using State = std::uint64_t;

  explicit LockModel(const Operations& operations);

  static std::size_t hash(State state) { return state * 0xbf58476d1ce4e5b9; }
  bool matters(std::size_t) const { return true; }
  bool changes_nothing(State state, std::size_t operation) const;
  std::optional<State> after(State state, std::size_t operation, std::size_t now) const;
  State seen_from(State state, std::size_t now) const;

 private:
  static constexpr State free = 0;
  static constexpr State kept = ~State{0};
  static State held_by(std::uint64_t client) { return client + 1; }

  const Operations& operations_;
  std::unordered_map<State, std::size_t> last_release_;  // when it returns, by who has the lock
};

}  // namespace octet::grading
