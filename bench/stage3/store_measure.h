#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "bench/stage3/quorums.h"

namespace octet::bench {

struct StoreOptions {
  std::filesystem::path node;    // the program of one node, a stage's demo/store_node
  std::filesystem::path folder;  // where servers keep their data: on a disk, not in memory
  int rounds = 5;
  double seconds = 1;  // how long each measurement takes, about
};

/// What the rounds gave for one operation, in their order.
struct Rates {
  std::vector<double> per_second;
  std::vector<double> p99_ms;
};

/// One server under measurement.
struct StoreResult {
  std::string name;
  std::optional<Quorums> quorums;  // none of redis
  Rates sets = {};
  Rates gets = {};
};

struct MeasuredStores {
  std::vector<StoreResult> results = {};        // redis first, then by setting
  std::vector<double> flushes_per_second = {};  // what the disk does without a server, by round
  double foreign_processors = 0;                // that others kept busy meanwhile, on average
};

/// Real processes under load: redis, and the store with each of these R and W. All have their turn
/// in each round, each time as new processes. Says on stderr how far it is. Throws
/// std::runtime_error or std::system_error when a server does not come up or fails, and
/// Interrupted.
MeasuredStores measure_stores(const StoreOptions& options, const std::vector<Quorums>& settings);

}  // namespace octet::bench
