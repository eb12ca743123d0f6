#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <iterator>

#include "bench/plot.h"
#include "bench/stage3/page.h"
#include "bench/stage3/placement_report.h"

namespace octet::bench {
namespace {

using Value = std::function<double(const PlacementResult&)>;

std::string nodes_text(double nodes) {
  return fmt::format("{:.0f}", nodes);
}

std::string tick_number(double value) {
  return fmt::format("{:.4g}", value);
}

std::string tick_percent(double value) {
  return fmt::format("{:.4g} %", 100 * value);
}

std::string tick_time(double value_ns) {
  return value_ns < 1e3 ? fmt::format("{:.4g} ns", value_ns)
                        : fmt::format("{:.4g} µs", value_ns / 1e3);
}

std::string tick_bytes(double value) {
  if (value < 1e3) return fmt::format("{:.4g} B", value);
  return value < 1e6 ? fmt::format("{:.4g} kB", value / 1e3)
                     : fmt::format("{:.4g} MB", value / 1e6);
}

/// A line for each placement, in the order of the results.
std::vector<Series> lines(const PlacementReport& report, const Value& value) {
  std::vector<Series> all;
  for (const PlacementResult& result : report.results) {
    auto line = std::ranges::find(all, result.placement, &Series::name);
    if (line == all.end()) {
      all.push_back({.name = result.placement, .points = {}});
      line = std::prev(all.end());
    }
    line->points.push_back({static_cast<double>(result.nodes), value(result)});
  }
  return all;
}

/// For as many nodes as the first line has.
void add_bound(Plot& plot, const std::string& name, double (*bound)(std::uint32_t nodes)) {
  Series line{.name = name, .points = {}, .is_bound = true};
  for (const Series::Point& point : plot.series[0].points) {
    line.points.push_back({point.x, bound(static_cast<std::uint32_t>(point.x))});
  }
  plot.series.push_back(line);
}

double even(std::uint32_t) {
  return 1;
}

Plot plot(const PlacementReport& report, std::string title, Axis y, const Value& value) {
  return {.title = std::move(title),
          .x = {.label = "nodes", .is_logarithmic = true, .text = nodes_text},
          .y = std::move(y),
          .series = lines(report, value)};
}

std::string drawn(const Plot& plot, const std::string& about) {
  return figure(plot.title, about, svg(plot));
}

std::string figures(const PlacementReport& report) {
  Plot most = plot(report, "The fullest node", {"keys, by the mean", false, tick_number},
                   [](const PlacementResult& result) { return result.most; });
  Plot most_of_99 =
      plot(report, "The fullest but one in a hundred", {"keys, by the mean", false, tick_number},
           [](const PlacementResult& result) { return result.most_of_99; });
  Plot add = plot(report, "One node comes", {"keys that move", true, tick_percent},
                  [](const PlacementResult& result) { return result.moved_by_add; });
  Plot remove = plot(report, "One node goes", {"keys that move", true, tick_percent},
                     [](const PlacementResult& result) { return result.moved_by_remove; });
  const Plot lookup = plot(report, "A lookup", {"time, hashing the key included", true, tick_time},
                           [](const PlacementResult& result) { return result.lookup_ns; });
  const Plot bytes =
      plot(report, "Memory", {"what the placement keeps", true, tick_bytes},
           [](const PlacementResult& result) { return static_cast<double>(result.bytes); });
  add_bound(most, "even", even);
  add_bound(most_of_99, "even", even);
  add_bound(add, "the least", least_moved_by_add);
  add_bound(remove, "the least", least_moved_by_remove);
  return drawn(most, "How much more than its share has the node that has most?") +
         drawn(most_of_99, "The same of the 99th percentile: it is no single unlucky node.") +
         drawn(add, "Its share has to move. All else that moves is moved in vain.") +
         drawn(remove, "What it had has to move. Of a jump hash only the last node can go.") +
         drawn(lookup, "One key, on one core, with no other work in between.") +
         drawn(bytes, "What the placement needs to know. Every client may need it, too.");
}

std::string table(const PlacementReport& report) {
  std::string rows;
  for (const PlacementResult& result : report.results) {
    rows += fmt::format(
        "<tr><td>{}</td><td "
        "class=\"left\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>"
        "<td>{}</td></tr>\n",
        result.nodes, result.placement, as_number(result.most), as_number(result.most_of_99),
        as_percent(result.moved_by_add), as_percent(result.moved_by_remove),
        as_time(result.lookup_ns), as_bytes(static_cast<double>(result.bytes)));
  }
  return "<table>\n<thead><tr><th>nodes</th><th "
         "class=\"left\">placement</th><th>max/mean</th><th>p99/mean</th>"
         "<th>moved by +1</th><th>moved by -1</th><th>lookup</th><th>memory</th></tr></thead>\n"
         "<tbody>\n" +
         rows + "</tbody>\n</table>\n";
}

}  // namespace

std::string placement_section(const PlacementReport& report) {
  return fmt::format(
             "<h1>Which node has which key: five placements</h1>\n"
             "<p>{} keys. The ring has 100 tokens for each node. The ranges are 100 for each node, "
             "with the same number of keys in each; who comes or goes takes or leaves whole "
             "ranges. "
             "Lookups are medians of {} rounds.</p>\n<div class=\"plots\">\n",
             report.keys, report.rounds) +
         figures(report) + "</div>\n" + table(report);
}

}  // namespace octet::bench
