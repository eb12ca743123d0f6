/// How fast the search is, and how much memory a state takes: the lines for docs and regressions.
/// Not part of any test; build it in the release preset.

#include <sys/resource.h>

#include <chrono>
#include <cstdio>

#include "runtime/tests/election_model.h"

namespace octet {
namespace {

double peak_megabytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<double>(usage.ru_maxrss) / 1024;
}

/// Ascending sizes, since the peak is the process's.
void measure(std::uint32_t crashes, std::uint32_t last_term, std::uint64_t max_states) {
  const double before = peak_megabytes();
  const auto start = std::chrono::steady_clock::now();
  const search::Result result =
      search::explore(election::three_voters(crashes, last_term), {.max_states = max_states});
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - start;
  const auto states = static_cast<double>(result.states);
  std::printf("election, %u crashes, terms to %u: %s\n", crashes, last_term,
              result.summary().c_str());
  std::printf("  %.2f s, %.0f states/s, %.0f transitions/s, peak %.0f MB, %.0f bytes a state\n",
              took.count(), states / took.count(),
              static_cast<double>(result.transitions) / took.count(), peak_megabytes(),
              (peak_megabytes() - before) * 1024 * 1024 / states);
}

}  // namespace
}  // namespace octet

int main() {
  octet::measure(0, 2, 10'000'000);
  octet::measure(1, 2, 10'000'000);
}
