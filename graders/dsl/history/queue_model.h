#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// A queue for the search (SequentialModel). The state is the numbers of its values, the first one
/// in front. A value that no dequeue gets any more is 0, and nothing is remembered of what stands
/// behind one, unless a dequeue of which nothing is known might take it away.
class QueueModel {
 public:
  using State = std::u32string;

  explicit QueueModel(const Operations& operations);

  static std::size_t hash(const State& state) { return std::hash<State>()(state); }
  bool matters(std::size_t operation) const;
  bool changes_nothing(const State& state, std::size_t operation) const;
  std::optional<State> after(const State& state, std::size_t operation, std::size_t now) const;
  State seen_from(State state, std::size_t now) const;

 private:
  static constexpr char32_t nobodys = 0;

  /// Who gets a value.
  struct Value {
    int enqueues = 0;
    int dequeues = 0;
    std::size_t last_returned = 0;         // of the dequeues
    std::size_t from = 0;                  // when one enqueue and one dequeue have this value, what
    std::size_t until = Operation::never;  // time that dequeue took
  };

  void count(std::size_t operation);
  void find_times();
  bool is_never_got(std::size_t operation) const;
  bool leaves_in_time(const State& before, char32_t value) const;

  const Operations& operations_;
  std::vector<char32_t> value_;    // of each operation
  std::vector<Value> values_{1};   // by number
  bool has_open_dequeue_ = false;  // one of which nothing is known
};

}  // namespace octet::grading
