#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "runtime/trace/trace.h"

/// Where everything stands in the picture of a story. Lanes go down from 0; what stands above them
/// is not in here.
namespace octet::view {

struct Point {
  double x = 0;
  double y = 0;

  bool operator==(const Point&) const = default;
};

struct Lane {
  std::string name;  // "node 9"
  double x = 0;
};

/// The mark of an event.
struct Mark {
  const trace::Event* event = nullptr;
  Point at;
  bool is_witness = false;
};

struct Arrow {
  enum class End { arrives, lost, under_way };
  Point from;
  Point to;
  End end = End::arrives;
  double before_end = 5;  // where its head is: at the edge of a mark
  bool is_of_client = false;
};

/// A node that is down, or paused.
struct Band {
  bool is_down = false;
  double x = 0;
  double top = 0;
  double bottom = 0;
};

/// Where events are left out.
struct Gap {
  double y = 0;
  std::size_t left_out = 0;
};

struct Label {
  Point at;              // of its first letter's baseline, or of its last one's
  bool is_left = false;  // of its mark
  std::string text;
  trace::Event::Kind kind{};
};

struct Time {
  double y = 0;
  std::string text;  // "312.5 ms"
};

struct Layout {
  static constexpr double time_right = 76;  // where the column of times ends

  double width = 0;
  double height = 0;             // of the lanes
  bool has_steep_names = false;  // of lanes, which are too close for names side by side
  std::vector<Lane> lanes = {};
  std::vector<Band> bands = {};
  std::vector<Gap> gaps = {};
  std::vector<Arrow> arrows = {};
  std::vector<Mark> marks = {};
  std::vector<Label> labels = {};
  std::vector<Time> times = {};
};

/// The trace has to stay as long as the layout does.
Layout layout_of(const trace::Trace& trace);

}  // namespace octet::view
