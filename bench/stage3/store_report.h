#pragma once

#include <string>
#include <vector>

#include "bench/samples.h"
#include "bench/stage3/staleness.h"
#include "bench/stage3/store_measure.h"

namespace octet::bench {

/// What R and W cost and buy.
struct StoreReport {
  // With real processes on this machine.
  int rounds = 0;
  double seconds = 0;  // of one measurement
  MeasuredStores measured = {};

  // In the simulator: the same on every machine.
  std::size_t trials = 0;  // for each point
  std::vector<Staleness> simulated = {};

  /// Of a setting that was simulated.
  const Staleness& simulated_of(const Quorums& quorums) const;
};

/// As tables for a terminal.
void print_tables(const StoreReport& report);

/// As a part of a page, with plots and tables.
std::string store_section(const StoreReport& report);

// How values are written in both.
std::string as_share(double share);            // "8.1 %", "0" for none at all
std::string as_ms(double ms);                  // "1.23"
std::string as_range(const Summary& summary);  // "0.12 (0.11 to 0.14)"
std::string network_in_words();
std::string machine_in_words(const MeasuredStores& measured);

}  // namespace octet::bench
