#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace octet::grading {

/// The values that operations see, merged where they begin alike (a radix tree). A value of a store
/// is a *place* in it as long as some operation that has not returned yet sees that value, or a
/// longer one that begins with it. All other values are one place, `unseen`: whatever becomes of
/// them, nobody will know, unless a put starts anew. So a place is all that a search has to
/// remember of a value, however long it is, and values that make no difference are the same.
class ValueTrie {
 public:
  using Place = std::uint64_t;
  static constexpr Place empty = 0;
  static constexpr Place unseen = ~Place{0};

  /// An operation sees this value; `returned` is where it returns, `is_shown` that it proves that
  /// the value was there. All are added before anything else is asked. O(length).
  void add(std::string_view value, std::size_t returned, bool is_shown);

  /// Where `text` leads to from there. O(length of the text).
  Place walk(Place from, std::string_view text) const;

  /// The same place, or `unseen` when all that see something of it have returned before `now`.
  Place at(Place place, std::size_t now) const;

  std::string value(Place place) const;

  /// Calls `take` with each text that some value which is shown has between one `end` character and
  /// the next, with that at its end.
  template <class Take>
  void for_each_shown_piece(char end, const Take& take) const;

 private:
  struct Node {
    std::string_view edge = {};  // from its parent
    std::uint32_t parent = 0;
    std::size_t last_returned = 0;  // of the operations that see this node or one below it
    bool is_shown = false;          // by one of them
    std::vector<std::pair<char, std::uint32_t>> children = {};
  };

  std::uint32_t child(std::uint32_t node, char first) const;
  std::uint32_t split(std::uint32_t node, std::size_t at);
  std::uint32_t grow(std::uint32_t node, std::string_view edge);

  std::vector<Node> nodes_{1};
};

template <class Take>
void ValueTrie::for_each_shown_piece(char end, const Take& take) const {
  std::vector<std::pair<std::uint32_t, std::string>> todo = {{0, ""}};  // with what is left over
  while (!todo.empty()) {
    auto [node, text] = std::move(todo.back());
    todo.pop_back();
    if (!nodes_[node].is_shown) continue;
    text += nodes_[node].edge;
    std::size_t begin = 0;
    for (std::size_t at = 0; (at = text.find(end, begin)) != std::string::npos; begin = at + 1) {
      take(std::string_view(text).substr(begin, at + 1 - begin));
    }
    text.erase(0, begin);
    for (const auto& [first, below] : nodes_[node].children) todo.emplace_back(below, text);
  }
}

}  // namespace octet::grading
