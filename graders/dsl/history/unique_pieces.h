#pragma once

#include <string_view>
#include <unordered_map>

#include "graders/dsl/history/operation.h"

namespace octet::grading {

/// Who writes which text, when what a value is made of is told by the value: each text that is
/// written to this key is written once, begins with one character and ends with another, and has
/// neither inside. Otherwise nothing.
using Writers = std::unordered_map<std::string_view, std::size_t>;
Writers writers_of_unique_pieces(const Operations& operations);

}  // namespace octet::grading
