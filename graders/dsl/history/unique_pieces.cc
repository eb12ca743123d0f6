#include "graders/dsl/history/unique_pieces.h"

namespace octet::grading {
namespace {

bool is_framed(std::string_view text, char first, char last) {
  return text.size() >= 2 && first != last && text.front() == first && text.back() == last &&
         text.find(first, 1) == std::string_view::npos && text.find(last) == text.size() - 1;
}

}  // namespace

Writers writers_of_unique_pieces(const Operations& operations) {
  Writers writers;
  std::string_view example;
  for (std::size_t i = 0; i < operations.size(); ++i) {
    const std::string_view text = operations[i].argument;
    if (operations[i].kind == Operation::Kind::get) continue;
    if (example.empty()) example = text;
    if (text.empty() || !is_framed(text, example.front(), example.back())) return {};
    if (!writers.emplace(text, i).second) return {};
  }
  return writers;
}

}  // namespace octet::grading
