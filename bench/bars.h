#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "bench/samples.h"

namespace octet::bench {

/// Bars from 0 to a median, one below the other, each with a line from the least to the most.
struct Bars {
  struct Bar {
    std::string name;
    Summary value;                           // not below 0
    std::string text = {};                   // beside it
    std::optional<std::size_t> colour = {};  // one of plot_style(), or that of the text
  };
  std::string title;
  std::vector<Bar> bars;  // at least one
};

/// As an SVG element for a page that has plot_style().
std::string svg(const Bars& bars);

}  // namespace octet::bench
