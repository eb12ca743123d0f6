#include "bench/stage3/store_measure.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <stdexcept>

#include "bench/flushes.h"
#include "bench/foreign.h"
#include "bench/interrupt.h"
#include "bench/stage3/store_load.h"
#include "bench/stage3/store_servers.h"

namespace octet::bench {
namespace {

constexpr std::size_t record_bytes = 100;  // about a value with its key
constexpr double flushing_s = 0.5;

// A write that knows of no other one leaves a sibling beside it, so that values written again and
// again would grow. Of so many keys hardly any is written twice.
constexpr std::size_t keys_to_set = 1'000'000'000;
constexpr std::size_t keys_to_get = 1'000;
constexpr std::size_t fill = 5 * keys_to_get;  // requests; then all but one in 150 keys are there
constexpr std::size_t least = 1'000;           // requests of a measurement

using Words = std::vector<std::string>;

class Turn {
 public:
  Turn(const Server& server, double seconds)
      : server_(server), seconds_(seconds), value_(value_bytes, 'v') {}

  void run(StoreResult& result) {
    Words set = {"SET", "new:__rand_int__", value_};
    set.insert(set.end(), server_.put_options.begin(), server_.put_options.end());
    add(result.sets, measure(set, keys_to_set));
    // As people write: who has read before leaves no siblings.
    run_load(server_.port, {"SET", "key:__rand_int__", value_}, keys_to_get, fill);
    add(result.gets, measure({"GET", "key:__rand_int__"}, keys_to_get));
    check();
  }

 private:
  /// As many requests as take that long, by what a few have shown.
  Load measure(const Words& command, std::size_t keys) {
    const Load few = run_load(server_.port, command, keys, least);
    const auto fitting = static_cast<std::size_t>(few.per_second * seconds_);
    stop_if_interrupted();
    return run_load(server_.port, command, keys, std::max(fitting, least));
  }

  static void add(Rates& rates, const Load& load) {
    rates.per_second.push_back(load.per_second);
    rates.p99_ms.push_back(load.p99_ms);
  }

  void check() {
    for (const auto& process : server_.processes) {
      if (!process->is_running()) throw std::runtime_error("one of its processes has ended");
    }
  }

  const Server& server_;
  const double seconds_;
  const std::string value_;
};

Server start(const StoreResult& which, const StoreOptions& options) {
  return which.quorums ? start_store(options.node, *which.quorums, options.folder)
                       : start_redis(options.folder);
}

void take_turn(StoreResult& result, const StoreOptions& options) {
  try {
    const Server server = start(result, options);
    Turn(server, options.seconds).run(result);
  } catch (const std::runtime_error& error) {
    stop_if_interrupted();  // which may have ended the program that failed
    throw std::runtime_error(result.name + ": " + error.what());
  }
}

}  // namespace

MeasuredStores measure_stores(const StoreOptions& options, const std::vector<Quorums>& settings) {
  MeasuredStores all{.results = {{.name = "redis", .quorums = std::nullopt}}};
  for (const Quorums& quorums : settings) {
    all.results.push_back({.name = "R/W " + as_text(quorums), .quorums = quorums});
  }
  const ForeignWork foreign;
  const TemporaryFolder folder(options.folder);
  for (int round = 1; round <= options.rounds; ++round) {
    all.flushes_per_second.push_back(flushes_per_second(folder.path(), record_bytes, flushing_s));
    for (StoreResult& result : all.results) {
      take_turn(result, options);
      fmt::print(stderr, "round {} of {}: {}: {:.0f} sets/s, {:.0f} gets/s\n", round,
                 options.rounds, result.name, result.sets.per_second.back(),
                 result.gets.per_second.back());
    }
  }
  all.foreign_processors = foreign.processors();
  return all;
}

}  // namespace octet::bench
