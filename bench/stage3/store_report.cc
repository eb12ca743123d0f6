#include "bench/stage3/store_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "bench/foreign.h"
#include "bench/stage3/placement_report.h"
#include "bench/stage3/store_load.h"
#include "runtime/check.h"

namespace octet::bench {
namespace {

using namespace std::chrono_literals;

double missed_after(const Staleness& staleness, Duration after) {
  const auto point = std::ranges::find(staleness.points, after, &Staleness::Point::after);
  OCTET_CHECK(point != staleness.points.end(), "the table shows times that were simulated");
  return point->missed;
}

/// "  4321    12.30  0.12 (0.11 to 0.14)"
std::string cells(const Rates& rates, const Rates& of_redis) {
  return fmt::format("{:>9.0f}{:>9}   {:<21}", summarise(rates.per_second).median,
                     as_ms(summarise(rates.p99_ms).median),
                     as_range(ratio(rates.per_second, of_redis.per_second)));
}

void print_measured(const StoreReport& report) {
  const StoreResult& redis = report.measured.results.at(0);
  fmt::print("\n{:<7}{:>9}{:>9}   {:<21}{:>9}{:>9}   {:<21}{:>13}{:>13}\n", "R/W", "sets/s",
             "p99 ms", "/ redis", "gets/s", "p99 ms", "/ redis", "stale at once", "after 10 ms");
  for (const StoreResult& result : report.measured.results) {
    fmt::print("{:<7}{}{}", result.quorums ? as_text(*result.quorums) : result.name,
               cells(result.sets, redis.sets), cells(result.gets, redis.gets));
    if (result.quorums) {
      const Staleness& staleness = report.simulated_of(*result.quorums);
      fmt::print("{:>13}{:>13}", as_share(missed_after(staleness, 0ms)),
                 as_share(missed_after(staleness, 10ms)));
    }
    fmt::print("\n");
  }
}

void print_simulated(const StoreReport& report) {
  fmt::print("\n{:<7}{:>16}{:>16}   {}\n", "", "write, ms", "read, ms",
             "reads that miss a write, so long after its acknowledgement");
  fmt::print("{:<7}{:>8}{:>8}{:>8}{:>8}  ", "R/W", "median", "p99", "median", "p99");
  for (const Staleness::Point& point : report.simulated.at(0).points) {
    fmt::print("{:>8}", fmt::format("{} ms", point.after / 1ms));
  }
  for (const Staleness& each : report.simulated) {
    fmt::print("\n{:<7}{:>8}{:>8}{:>8}{:>8}  ", as_text(each.quorums), as_ms(each.writes.median_ms),
               as_ms(each.writes.p99_ms), as_ms(each.reads.median_ms), as_ms(each.reads.p99_ms));
    for (const Staleness::Point& point : each.points) fmt::print("{:>8}", as_share(point.missed));
  }
  fmt::print("\n");
}

}  // namespace

const Staleness& StoreReport::simulated_of(const Quorums& quorums) const {
  const auto found = std::ranges::find(simulated, quorums, &Staleness::quorums);
  OCTET_CHECK(found != simulated.end(), "what is measured is simulated, too");
  return *found;
}

void print_tables(const StoreReport& report) {
  fmt::print(
      "Three nodes, each with a copy of every key; {} clients at one of them, values of {} bytes.\n"
      "Medians of {} rounds of {} s; of ratios the least and the most, too. Redis is one server, "
      "which\nflushes each write to the disk, as the nodes do.\n{}.\n",
      load_clients, value_bytes, report.rounds, report.seconds, machine_in_words(report.measured));
  print_measured(report);
  fmt::print("\nStale reads are simulated, with {} trials for each number.\n{}.\n", report.trials,
             network_in_words());
  print_simulated(report);
}

std::string as_share(double share) {
  return share == 0 ? "0" : as_percent(share);
}

std::string as_ms(double ms) {
  return fmt::format("{:.{}f}", ms, ms < 9.95 ? 2 : 1);
}

std::string as_range(const Summary& summary) {
  return fmt::format("{:.2f} ({:.2f} to {:.2f})", summary.median, summary.min, summary.max);
}

std::string network_in_words() {
  return "A message takes 1 to 3 ms, and one in ten up to 40 ms longer; a disk takes 0.5 ms";
}

std::string machine_in_words(const MeasuredStores& measured) {
  const Summary flushes = summarise(measured.flushes_per_second);
  return fmt::format(
      "The disk flushes {:.0f} ({:.0f} to {:.0f}) small records a second, one by one; others kept "
      "{:.1f} "
      "of "
      "{:.0f} processors busy",
      flushes.median, flushes.min, flushes.max, measured.foreign_processors,
      ForeignWork::all_processors());
}

}  // namespace octet::bench
