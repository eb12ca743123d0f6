#include <fmt/format.h>
#include <sys/resource.h>

#include "bench/runtime/parts.h"
#include "runtime/tests/election_model.h"

namespace octet::bench {
namespace {

double peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) * 1024;
}

/// Sizes have to ascend, since the peak is the process's.
void measure(std::uint32_t crashes, std::uint32_t last_term) {
  const double before = peak_bytes();
  search::Result result;
  const double took = seconds([&] {
    result =
        search::explore(election::three_voters(crashes, last_term), {.max_states = 10'000'000});
  });
  const auto states = static_cast<double>(result.states);
  fmt::print(
      "  crashes {}: {:>9} states, {:>8} transitions, {:.2f} million states/s, {:.0f} bytes a "
      "state\n",
      crashes, result.states, result.transitions, states / took / 1e6,
      (peak_bytes() - before) / states);
}

}  // namespace

void measure_search() {
  fmt::print("search, one core; an election of three voters in two terms, to its end\n");
  measure(0, 2);
  measure(1, 2);
  fmt::print("\n");
}

}  // namespace octet::bench
