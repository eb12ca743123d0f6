// Placements beside each other: how even, how much moves, how fast, how large.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <cstdio>
#include <exception>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "bench/stage3/placement_contestants.h"
#include "bench/stage3/placement_measure.h"
#include "bench/stage3/placement_report.h"

namespace octet::bench {
namespace {

struct Options {
  int rounds = 5;
  std::size_t keys = 500'000;
  std::string page = "placement.html";
};

/// In order: all numbers have as many digits.
std::vector<std::string> numbered_keys(std::size_t count) {
  std::vector<std::string> keys;
  keys.reserve(count);
  for (std::size_t i = 0; i < count; ++i) keys.push_back(fmt::format("user:{:08}", i));
  return keys;
}

PlacementReport measure(const Options& options) {
  PlacementReport report{.keys = options.keys, .rounds = options.rounds, .results = {}};
  const std::vector<std::string> keys = numbered_keys(options.keys);
  for (const std::uint32_t nodes : {10, 100, 1'000}) {
    for (const Placement& placement : placements()) {
      fmt::print(stderr, "{} nodes: {}\n", nodes, placement.name);
      report.results.push_back(measure_placement(placement, nodes, keys, options.rounds));
    }
  }
  return report;
}

bool is_replaceable(const std::filesystem::path& file) {
  if (!std::filesystem::exists(file)) return true;
  std::string beginning(std::string_view(page_beginning).size(), '\0');
  std::ifstream(file, std::ios::binary)
      .read(beginning.data(), static_cast<std::streamsize>(beginning.size()));
  return beginning == page_beginning;
}

void write_page(const std::filesystem::path& file, const PlacementReport& report) {
  std::ofstream out(file, std::ios::binary);
  out << placement_page(report);
  out.close();
  if (!out) throw std::runtime_error(fmt::format("cannot write {}", file.string()));
  fmt::print("\nplots: {}\n", std::filesystem::absolute(file).string());
}

int bench_placement(const Options& options) {
  if (!is_replaceable(options.page)) {
    throw std::runtime_error(options.page +
                             " is there and is no such page; name another with --page");
  }
  const PlacementReport report = measure(options);
  print_table(report);
  write_page(options.page, report);
  return 0;
}

}  // namespace
}  // namespace octet::bench

int main(int argc, char** argv) {
  octet::bench::Options options;
  CLI::App app("Placements of keys: balance, moves, lookups, memory.", "bench_3_placement");
  app.add_option("--rounds", options.rounds, "How often lookups are measured")
      ->check(CLI::Range(1, 1000))
      ->capture_default_str();
  app.add_option("--keys", options.keys, "How many keys there are")
      ->check(CLI::Range(200'000, 100'000'000))
      ->capture_default_str();
  app.add_option("--page", options.page, "The file for the plots")->capture_default_str();
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? 0 : 2;
  }
  try {
    return octet::bench::bench_placement(options);
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
