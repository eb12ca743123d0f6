#pragma once

#include <optional>
#include <vector>

#include "graders/dsl/history/operation.h"
#include "graders/dsl/history/value_trie.h"

namespace octet::grading {

/// A key of a store for the search (SequentialModel). The state is a place in the trie of the
/// values that operations see: one number, however long the value, and the same number for all
/// values that nobody sees any more.
class KeyValueModel {
 public:
  using State = ValueTrie::Place;

  explicit KeyValueModel(const Operations& operations);

  static std::size_t hash(State state) { return state * 0xbf58476d1ce4e5b9; }
  bool matters(std::size_t operation) const;
  bool changes_nothing(State state, std::size_t operation) const;
  std::optional<State> after(State state, std::size_t operation, std::size_t now) const;
  State seen_from(State state, std::size_t now) const { return trie_.at(state, now); }

 private:
  static bool writes(const Operation& operation);
  static bool shows(const Operation& operation);
  static std::string_view seen(const Operation& operation);
  void find_what_is_shown(std::size_t last);
  bool is_idle(std::size_t operation) const;

  /// Whether somebody gets a value with the text of a write in it. What the last that returns got
  /// counts for maybe: nobody is to know it before.
  enum class Shown : std::uint8_t { never, maybe, surely };

  const Operations& operations_;
  ValueTrie trie_;
  std::vector<State> seen_;     // by each operation
  std::vector<Shown> shown_;    // each operation
  bool has_other_cas_ = false;  // one that failed, or of which nothing is known
};

}  // namespace octet::grading
