#pragma once

#include <algorithm>
#include <string_view>
#include <unordered_map>

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// Who writes which text, when what a value is made of is told by the value: each text that is
/// written to this key is written once, begins with one character and ends with another, and has
/// neither inside. Otherwise nothing.
using Writers = std::unordered_map<std::string_view, std::size_t>;
Writers writers_of_unique_pieces(const Operations& operations);

/// Calls `take` with each piece of a value that ends with this character, and with what is behind
/// the last.
template <class Take>
void for_each_piece(std::string_view value, char end, const Take& take) {
  while (!value.empty()) {
    const std::size_t size = std::min(value.find(end), value.size() - 1) + 1;
    take(value.substr(0, size));
    value.remove_prefix(size);
  }
}

}  // namespace octet::grading
