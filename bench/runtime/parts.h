#pragma once

#include <chrono>

/// The parts of ./lab bench runtime. Each prints a table.
namespace octet::bench {

void measure_simulator();
void measure_search();
void measure_disk();

/// How long something takes, in seconds.
template <class Work>
double seconds(Work work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
}

}  // namespace octet::bench
