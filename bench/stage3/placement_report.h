#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "bench/stage3/placement_measure.h"

namespace octet::bench {

struct PlacementReport {
  std::size_t keys = 0;
  int rounds = 0;
  std::vector<PlacementResult> results;  // by the number of nodes, and then as in placements()
};

/// As a table for a terminal.
void print_table(const PlacementReport& report);

/// As a part of a page, with plots and a table.
std::string placement_section(const PlacementReport& report);

// How values are written in both.
std::string as_number(double value);   // "1.234"
std::string as_percent(double value);  // "9.1 %"
std::string as_bytes(double value);    // "1.6 MB"
std::string as_time(double value_ns);  // "123 ns"

}  // namespace octet::bench
