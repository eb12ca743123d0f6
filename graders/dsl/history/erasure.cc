#include "graders/dsl/history/erasure.h"

#include <algorithm>
#include <set>

#include "graders/dsl/history/unique_pieces.h"

namespace octet::grading {
namespace {

using Kind = Operation::Kind;

std::string without_pieces(std::string_view value, const std::set<std::string_view>& pieces,
                           char end) {
  std::string kept;
  for_each_piece(value, end, [&](std::string_view piece) {
    if (!pieces.contains(piece)) kept += piece;
  });
  return kept;
}

}  // namespace

std::vector<Group> erasable(const Operations& operations) {
  // Values that differ may be equal without a piece, and a cas tells them apart.
  const bool compares =
      std::ranges::any_of(operations, [](const Operation& each) { return each.kind == Kind::cas; });
  if (compares || operations.empty() || model_of(operations.front().kind) != Model::key_value) {
    return {};
  }
  std::vector<Group> all;
  for (const auto& [text, writer] : writers_of_unique_pieces(operations)) {
    if (operations[writer].kind == Kind::append) all.push_back({writer});
  }
  std::ranges::sort(all);
  return all;
}

Operations erased(const Operations& operations, const Group& appends,
                  std::deque<std::string>& texts) {
  std::set<std::string_view> pieces;
  for (const std::size_t i : appends) pieces.insert(operations[i].argument);
  Operations remaining;
  for (Operation each : operations) {
    if (each.kind == Kind::append && pieces.contains(each.argument)) continue;
    if (!each.result.empty()) {
      each.result = texts.emplace_back(
          without_pieces(each.result, pieces, operations[appends.front()].argument.back()));
    }
    remaining.push_back(each);
  }
  return remaining;
}

}  // namespace octet::grading
