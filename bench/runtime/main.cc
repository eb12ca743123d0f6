#include <cstdio>
#include <exception>

#include "bench/runtime/parts.h"

int main() {
  try {
    octet::bench::measure_simulator();
    octet::bench::measure_search();
    octet::bench::measure_disk();
    return 0;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
}
