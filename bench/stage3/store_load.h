#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace octet::bench {

constexpr int load_clients = 50;  // connections, each with one request at a time
constexpr std::size_t value_bytes = 64;

/// What a load came to.
struct Load {
  double per_second = 0;
  double p99_ms = 0;  // what 99 in 100 requests do not take longer than
};

/// What redis-benchmark --csv says of the one command that it has run. Throws std::runtime_error
/// when the text is something else.
Load load_of(const std::string& csv);

/// Has redis-benchmark send a command so many times to a port of this machine. In its words
/// "__rand_int__" stands for a number below `keys`, another one in each request. Throws
/// std::runtime_error when the program fails.
Load run_load(std::uint16_t port, const std::vector<std::string>& command, std::size_t keys,
              std::size_t requests);

}  // namespace octet::bench
