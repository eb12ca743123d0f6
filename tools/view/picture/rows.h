#pragma once

#include <cstdint>
#include <vector>

#include "runtime/trace/story.h"

namespace octet::view {

constexpr double beside_a_row = 9;  // what is close to a row, but not in it

/// The events of a story, one below the other, and where between them something else happened.
class Rows {
 public:
  struct Row {
    trace::StoryEvent event;
    double y = 0;
    double gap = 0;  // where events right above it are left out; 0: there are none
  };

  explicit Rows(const trace::Trace& trace);

  const std::vector<Row>& all() const { return rows_; }
  double bottom() const { return bottom_; }

  /// Its row; nullptr when the story does not tell this event.
  const Row* find(std::uint64_t number) const;

  /// Of an event that leads to a later one: its own row, the gap that it is in, or a little above
  /// the row that comes next.
  double height_of_cause(std::uint64_t number) const;

  /// Of an event that an earlier one led to: its own row, or a little below the row before.
  double height_of_effect(std::uint64_t number) const;

 private:
  std::vector<Row>::const_iterator not_before(std::uint64_t number) const;

  std::vector<Row> rows_;
  double bottom_ = 0;
};

}  // namespace octet::view
