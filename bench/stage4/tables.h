#pragma once

#include <map>
#include <string>
#include <vector>

#include "bench/stage4/load.h"

namespace octet::bench {

/// What the rounds gave for one store, in their order.
struct Results {
  struct Loads {
    std::vector<double> puts_per_second;
    std::vector<double> p50_ms;
    std::vector<double> p99_ms;
  };

  void add(int clients, const LoadResult& load);

  std::string name;
  std::map<int, Loads> loads;  // by the number of clients
  std::vector<double> outages_s;
  std::size_t failed = 0;
};

/// Medians with the least and the most. The first store is the one that others are compared with,
/// by the ratios of what the same round gave. Requires the same rounds of all.
void print_tables(const std::vector<Results>& stores);

}  // namespace octet::bench
