#pragma once

#include <string>
#include <vector>

namespace octet::bench {

/// One line of a plot.
struct Series {
  struct Point {
    double x = 0;
    double y = 0;
  };
  std::string name;
  std::vector<Point> points;  // from left to right, at least one
  bool is_bound = false;      // what nothing can go beyond: drawn as a dashed line without marks
};

struct Axis {
  std::string label;
  bool is_logarithmic = false;            // then all values are above 0
  std::string (*text)(double) = nullptr;  // of a value on the axis, or beside a mark
};

struct Plot {
  std::string title;
  Axis x;
  Axis y;
  std::vector<Series> series;  // has the colours and marks of plot_style(), in this order
};

/// As an SVG element for a page that has plot_style(). Each line has its name at its right end, and
/// each mark shows its value under the pointer.
std::string svg(const Plot& plot);

/// The rules of CSS for plots, for light and dark pages. They define --paper, --ink, --faint and
/// --grid, which the page can use as well.
std::string plot_style();

}  // namespace octet::bench
