#pragma once

#include <cstddef>
#include <string>

namespace octet::bench {

struct Stage1Options {
  std::string server;              // the key-value server program, started with: --port PORT
  int rounds = 5;                  // each measures every case once with each server
  std::size_t requests = 400'000;  // of one measurement without pipelining; eight times with
  std::size_t idle_connections = 10'000;
};

/// Measures the key-value server beside redis-server: one thread each, on one core, redis-benchmark
/// on the other; SET and GET, 50 clients, pipelines of 1 and 16; and what 10,000 idle connections
/// cost. Prints two tables. Throws std::runtime_error when a program is missing or fails.
void bench_stage1(const Stage1Options& options);

}  // namespace octet::bench
