#include "tools/view/picture/rows.h"

#include <algorithm>

namespace octet::view {
namespace {

constexpr double row_height = 32;

}  // namespace

Rows::Rows(const trace::Trace& trace) {
  for (const trace::StoryEvent& event : story_events(trace)) {
    Row row{.event = event};
    if (event.left_out > 0) row.gap = bottom_ += row_height;
    row.y = bottom_ += row_height;
    rows_.push_back(row);
  }
  bottom_ += row_height;
}

const Rows::Row* Rows::find(std::uint64_t number) const {
  const auto row = not_before(number);
  return row == rows_.end() || row->event.number != number ? nullptr : &*row;
}

double Rows::height_of_cause(std::uint64_t number) const {
  const auto row = not_before(number);
  if (row == rows_.end()) return bottom_ - beside_a_row;
  if (row->event.number == number) return row->y;
  return row->gap > 0 ? row->gap : row->y - beside_a_row;
}

double Rows::height_of_effect(std::uint64_t number) const {
  const auto row = not_before(number);
  if (row != rows_.end() && row->event.number == number) return row->y;
  return row == rows_.begin() ? 0 : std::prev(row)->y + beside_a_row;
}

std::vector<Rows::Row>::const_iterator Rows::not_before(std::uint64_t number) const {
  return std::ranges::lower_bound(rows_, number, {},
                                  [](const Row& row) { return row.event.number; });
}

}  // namespace octet::view
