#include "bench/stage4/tables.h"

#include <fmt/format.h>

#include "bench/samples.h"

namespace octet::bench {
namespace {

/// "1098 (1041 to 1120)"
std::string text(const Summary& summary, int decimals) {
  return fmt::format("{:.{}f} ({:.{}f} to {:.{}f})", summary.median, decimals, summary.min,
                     decimals, summary.max, decimals);
}

void print_row(const std::string& first, const std::string& name, const std::string& a,
               const std::string& b, const std::string& c) {
  fmt::print("{:<12} {:<14} {:<26} {:<26} {}\n", first, name, a, b, c);
}

std::string beside(const Results& store, const Results& first) {
  return store.name + " / " + first.name;
}

std::string ratio_text(const std::vector<double>& of, const std::vector<double>& to) {
  return text(ratio(of, to), 2);
}

void print_loads(int clients, const std::vector<Results>& stores) {
  std::string label = fmt::format("{} client{}", clients, clients == 1 ? "" : "s");
  for (const Results& store : stores) {
    const Results::Loads& loads = store.loads.at(clients);
    print_row(label, store.name, text(summarise(loads.puts_per_second), 0),
              text(summarise(loads.p50_ms), 2), text(summarise(loads.p99_ms), 2));
    label.clear();
  }
  const Results::Loads& first = stores[0].loads.at(clients);
  for (std::size_t i = 1; i < stores.size(); ++i) {
    const Results::Loads& loads = stores[i].loads.at(clients);
    print_row("", beside(stores[i], stores[0]),
              ratio_text(loads.puts_per_second, first.puts_per_second),
              ratio_text(loads.p50_ms, first.p50_ms), ratio_text(loads.p99_ms, first.p99_ms));
  }
}

void print_outages(const std::vector<Results>& stores) {
  fmt::print("\nafter kill -9 of the leader, until a later put through another member succeeds\n");
  for (const Results& store : stores) {
    print_row("", store.name, text(summarise(store.outages_s), 2) + " s", "", "");
  }
  for (std::size_t i = 1; i < stores.size(); ++i) {
    print_row("", beside(stores[i], stores[0]),
              ratio_text(stores[i].outages_s, stores[0].outages_s), "", "");
  }
}

}  // namespace

void Results::add(int clients, const LoadResult& load) {
  Loads& all = loads[clients];
  all.puts_per_second.push_back(load.puts_per_second);
  all.p50_ms.push_back(load.p50_ms);
  all.p99_ms.push_back(load.p99_ms);
  failed += load.failed;
}

void print_tables(const std::vector<Results>& stores) {
  fmt::print("\n");
  print_row("", "", "puts/s, median (min to max)", "p50, ms", "p99, ms");
  for (const auto& [clients, loads] : stores[0].loads) print_loads(clients, stores);
  print_outages(stores);
  for (const Results& store : stores) {
    if (store.failed > 0) fmt::print("{}: {} puts failed\n", store.name, store.failed);
  }
}

}  // namespace octet::bench
