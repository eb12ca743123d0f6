#include <fmt/format.h>

#include <chrono>

#include "bench/bars.h"
#include "bench/plot.h"
#include "bench/stage3/page.h"
#include "bench/stage3/store_load.h"
#include "bench/stage3/store_report.h"

namespace octet::bench {
namespace {

using Milliseconds = std::chrono::duration<double, std::milli>;

std::string tick_number(double value) {
  return fmt::format("{:.3g}", value);
}

std::string tick_share(double value) {
  return fmt::format("{:.3g} %", 100 * value);
}

/// A setting has the same colour everywhere.
std::size_t colour_of(const StoreReport& report, const Quorums& quorums) {
  return static_cast<std::size_t>(&report.simulated_of(quorums) - report.simulated.data());
}

/// A logarithm has no place for 0: a line ends where nothing is missed any more.
Series line_of(const Staleness& staleness) {
  Series line{.name = as_text(staleness.quorums), .points = {}};
  for (const auto& [after, missed] : staleness.points) {
    if (missed > 0) line.points.push_back({Milliseconds(after).count(), missed});
  }
  return line;
}

std::string missed(const StoreReport& report) {
  Plot plot{.title = "Reads that miss a write",
            .x = {.label = "ms after its acknowledgement", .text = tick_number},
            .y = {.label = "of the reads", .is_logarithmic = true, .text = tick_share},
            .series = {}};
  std::string without;
  for (const Staleness& each : report.simulated) {
    Series line = line_of(each);
    if (line.points.empty()) {
      without += (without.empty() ? "" : ", ") + line.name;
    } else {
      plot.series.push_back(std::move(line));
    }
  }
  return figure(plot.title,
                fmt::format("Simulated. No line, since nothing is missed: {}.",
                            without.empty() ? "none" : without),
                plot.series.empty() ? "" : svg(plot));
}

std::string waiting(const StoreReport& report, const std::string& title,
                    Latency Staleness::*latency) {
  Bars bars{.title = title, .bars = {}};
  for (const Staleness& each : report.simulated) {
    const auto& [median, p99] = each.*latency;
    bars.bars.push_back({.name = as_text(each.quorums),
                         .value = {median, median, p99},
                         .text = fmt::format("{}, {} ms", as_ms(median), as_ms(p99)),
                         .colour = colour_of(report, each.quorums)});
  }
  return figure(title, "Simulated: the median, and a line to the 99th percentile.", svg(bars));
}

std::string rates(const StoreReport& report, const std::string& title, Rates StoreResult::*of) {
  Bars bars{.title = title, .bars = {}};
  for (const StoreResult& result : report.measured.results) {
    const Summary rate = summarise((result.*of).per_second);
    bars.bars.push_back(
        {.name = "redis", .value = rate, .text = fmt::format("{:.0f}/s", rate.median)});
    if (!result.quorums) continue;
    bars.bars.back().name = as_text(*result.quorums);
    bars.bars.back().colour = colour_of(report, *result.quorums);
  }
  return figure(title, "Measured: the median of the rounds, the least and the most.", svg(bars));
}

std::string figures(const StoreReport& report) {
  return "<div class=\"plots\">\n" + missed(report) + "<div>\n" +
         waiting(report, "Waiting for a write", &Staleness::writes) +
         waiting(report, "Waiting for a read", &Staleness::reads) + "</div>\n" +
         rates(report, "Sets", &StoreResult::sets) + rates(report, "Gets", &StoreResult::gets) +
         "</div>\n";
}

std::string cells(const Rates& rates, const Rates& of_redis) {
  return fmt::format("<td>{:.0f}</td><td>{}</td><td>{}</td>", summarise(rates.per_second).median,
                     as_ms(summarise(rates.p99_ms).median),
                     as_range(ratio(rates.per_second, of_redis.per_second)));
}

std::string measured_table(const StoreReport& report) {
  const StoreResult& redis = report.measured.results.at(0);
  std::string table =
      "<div class=\"wide\"><table>\n<caption>Measured, by medians; ratios with the least and the "
      "most of the rounds</caption>\n<thead><tr><th class=\"left\">R/W</th><th>sets/s</th>"
      "<th>p99, ms</th><th>/ redis</th><th>gets/s</th><th>p99, ms</th><th>/ redis</th></tr>"
      "</thead>\n<tbody>\n";
  for (const StoreResult& result : report.measured.results) {
    table += fmt::format("<tr><td class=\"left\">{}</td>{}{}</tr>\n",
                         result.quorums ? as_text(*result.quorums) : result.name,
                         cells(result.sets, redis.sets), cells(result.gets, redis.gets));
  }
  return table + "</tbody>\n</table></div>\n";
}

std::string simulated_table(const StoreReport& report) {
  std::string table =
      "<div class=\"wide\"><table>\n<caption>Simulated: what a write and a read wait, and the "
      "reads that miss a write, so long after its acknowledgement</caption>\n<thead><tr>"
      "<th class=\"left\">R/W</th><th>write, ms</th><th>p99</th><th>read, ms</th><th>p99</th>";
  for (const Staleness::Point& point : report.simulated.at(0).points) {
    table += fmt::format("<th>{:.0f} ms</th>", Milliseconds(point.after).count());
  }
  table += "</tr></thead>\n<tbody>\n";
  for (const Staleness& each : report.simulated) {
    table +=
        fmt::format("<tr><td class=\"left\">{}</td><td>{}</td><td>{}</td><td>{}</td><td>{}</td>",
                    as_text(each.quorums), as_ms(each.writes.median_ms), as_ms(each.writes.p99_ms),
                    as_ms(each.reads.median_ms), as_ms(each.reads.p99_ms));
    for (const Staleness::Point& point : each.points) {
      table += fmt::format("<td>{}</td>", as_share(point.missed));
    }
    table += "</tr>\n";
  }
  return table + "</tbody>\n</table></div>\n";
}

}  // namespace

std::string store_section(const StoreReport& report) {
  return fmt::format(
             "<h1>Three copies: what R and W cost, and what they buy</h1>\n"
             "<p>With R/W 2/1 a read waits for two of the three copies, and a write for one. Each "
             "of three nodes has a copy of every key.</p>\n"
             "<p>Simulated, with {} trials for each number: a key is written through one node and "
             "read through another one. {}.</p>\n"
             "<p>Measured: real processes on this machine, {} clients at one of them, values of {} "
             "bytes; {} rounds of {} s each. Redis is one server without copies, which flushes "
             "each write to the disk, as the nodes do. {}.</p>\n",
             report.trials, network_in_words(), load_clients, value_bytes, report.rounds,
             report.seconds, machine_in_words(report.measured)) +
         figures(report) + simulated_table(report) + measured_table(report);
}

}  // namespace octet::bench
