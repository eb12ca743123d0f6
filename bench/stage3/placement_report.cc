#include "bench/stage3/placement_report.h"

#include <fmt/format.h>

namespace octet::bench {

void print_table(const PlacementReport& report) {
  fmt::print("{} keys; lookups are medians of {} rounds, hashing the key included\n", report.keys,
             report.rounds);
  std::uint32_t nodes = 0;
  for (const PlacementResult& result : report.results) {
    if (result.nodes != nodes) {
      nodes = result.nodes;
      fmt::print("\n{:<14}{:>10}{:>10}{:>14}{:>14}{:>12}{:>12}\n", fmt::format("{} nodes", nodes),
                 "max/mean", "p99/mean", "moved by +1", "moved by -1", "lookup", "memory");
      fmt::print("{:<14}{:>34}{:>14}\n", "the least", as_percent(least_moved_by_add(nodes)),
                 as_percent(least_moved_by_remove(nodes)));
    }
    fmt::print("{:<14}{:>10}{:>10}{:>14}{:>14}{:>12}{:>12}\n", result.placement,
               as_number(result.most), as_number(result.most_of_99),
               as_percent(result.moved_by_add), as_percent(result.moved_by_remove),
               as_time(result.lookup_ns), as_bytes(static_cast<double>(result.bytes)));
  }
}

std::string as_number(double value) {
  return fmt::format("{:.2f}", value);
}

std::string as_percent(double value) {
  return fmt::format("{:.{}f} %", 100 * value, value < 0.00995 ? 2 : value < 0.0995 ? 1 : 0);
}

std::string as_bytes(double value) {
  if (value < 1e3) return fmt::format("{:.0f} B", value);
  const bool is_large = value >= 1e6;
  const double shown = value / (is_large ? 1e6 : 1e3);
  return fmt::format("{:.{}f} {}", shown, shown < 9.95 ? 1 : 0, is_large ? "MB" : "kB");
}

std::string as_time(double value_ns) {
  if (value_ns < 1e3) return fmt::format("{:.0f} ns", value_ns);
  return fmt::format("{:.1f} µs", value_ns / 1e3);
}

}  // namespace octet::bench
