// Stage 3 measured: placements of keys, and what R and W cost and buy.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <string>
#include <vector>

#include "bench/flushes.h"
#include "bench/interrupt.h"
#include "bench/program.h"
#include "bench/stage3/page.h"
#include "bench/stage3/placement_contestants.h"
#include "bench/stage3/placement_measure.h"
#include "bench/stage3/placement_report.h"
#include "bench/stage3/store_report.h"

namespace octet::bench {
namespace {

constexpr std::uint64_t seed = 1;
const std::vector<Quorums> simulated = {{1, 1}, {2, 1}, {1, 2}, {2, 2}, {3, 1}};
const std::vector<Quorums> measured = {{1, 1}, {2, 2}, {3, 1}};

struct Options {
  int rounds = 5;
  double seconds = 1;
  std::size_t keys = 500'000;
  std::size_t trials = 5'000;
  std::string folder = ".";
  std::string node;
  std::string page = "bench-3.html";
};

/// In order: all numbers have as many digits.
std::vector<std::string> numbered_keys(std::size_t count) {
  std::vector<std::string> keys;
  keys.reserve(count);
  for (std::size_t i = 0; i < count; ++i) keys.push_back(fmt::format("user:{:08}", i));
  return keys;
}

/// Each part prints its tables and returns its section of the page.
std::string bench_placements(const Options& options) {
  PlacementReport report{.keys = options.keys, .rounds = options.rounds, .results = {}};
  const std::vector<std::string> keys = numbered_keys(options.keys);
  for (const std::uint32_t nodes : {10, 100, 1'000}) {
    for (const Placement& placement : placements()) {
      stop_if_interrupted();
      fmt::print(stderr, "{} nodes: {}\n", nodes, placement.name);
      report.results.push_back(measure_placement(placement, nodes, keys, options.rounds));
    }
  }
  print_table(report);
  return placement_section(report);
}

/// Begins in the simulator, where a store that is not written says so.
std::string bench_store(const Options& options) {
  StoreReport report{
      .rounds = options.rounds, .seconds = options.seconds, .trials = options.trials};
  for (const Quorums& quorums : simulated) {
    stop_if_interrupted();
    fmt::print(stderr, "simulated: R/W {}\n", as_text(quorums));
    report.simulated.push_back(simulate_staleness(quorums, options.trials, seed));
  }
  report.measured = measure_stores({.node = options.node,
                                    .folder = options.folder,
                                    .rounds = options.rounds,
                                    .seconds = options.seconds},
                                   measured);
  print_tables(report);
  return store_section(report);
}

/// A student has one part before the other. False when there is something wrong with any.
bool bench_stage3(const Options& options) {
  refuse_other_file(options.page);
  refuse_memory(options.folder);
  std::vector<std::string> sections;
  bool is_whole = true;
  for (const auto& part : {bench_placements, bench_store}) {
    try {
      sections.push_back(part(options));
      fmt::print("\n");
    } catch (const Interrupted&) {
      throw;
    } catch (const std::exception& error) {
      fmt::print(stderr, "{}\n", error.what());
      is_whole = false;
    }
  }
  if (sections.empty()) return false;
  write_page(options.page, sections);
  fmt::print("plots: {}\n", std::filesystem::absolute(options.page).string());
  return is_whole;
}

}  // namespace
}  // namespace octet::bench

int main(int argc, char** argv) {
  octet::bench::Options options;
  CLI::App app("Placements of keys, and quorums of copies.", "bench_3");
  app.add_option("--rounds", options.rounds, "How often each case is measured")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--seconds", options.seconds, "How long each load of the store takes, about")
      ->check(CLI::Range(0.1, 3600.0))
      ->capture_default_str();
  app.add_option("--keys", options.keys, "How many keys are placed")
      ->check(CLI::Range(200'000, 100'000'000))
      ->capture_default_str();
  app.add_option("--trials", options.trials, "How many reads are simulated for each number")
      ->check(CLI::Range(1, 10'000'000))
      ->capture_default_str();
  app.add_option("--folder", options.folder, "Where the stores keep their data")
      ->capture_default_str();
  app.add_option("--node", options.node, "The program of one node of a solution's store")
      ->required();
  app.add_option("--page", options.page, "The file for the plots")->capture_default_str();
  return octet::bench::run_program(app, argc, argv,
                                   [&] { return octet::bench::bench_stage3(options); });
}
