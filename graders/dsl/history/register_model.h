#pragma once

#include <optional>
#include <vector>

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// A register for the search (SequentialModel). Its state is the number of its value; values that
/// nobody reads any more are one.
class RegisterModel {
 public:
  using State = std::uint32_t;

  explicit RegisterModel(const Operations& operations);

  static std::size_t hash(State state) { return state * 0xbf58476d1ce4e5b9; }
  bool matters(std::size_t operation) const;
  bool changes_nothing(State state, std::size_t operation) const;
  std::optional<State> after(State state, std::size_t operation, std::size_t now) const;
  State seen_from(State state, std::size_t now) const;

 private:
  static constexpr State unseen = ~State{0};

  const Operations& operations_;
  std::vector<State> value_;               // that each operation reads or writes; the first is 0
  std::vector<std::size_t> last_read_at_;  // of each value
};

}  // namespace octet::grading
