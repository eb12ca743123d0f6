#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace octet::bench {

constexpr std::size_t copies = 3;  // of each key: N

/// How many of a key's copies a request waits for.
struct Quorums {
  std::size_t reads = 2;   // R, 1 to N
  std::size_t writes = 2;  // W, 1 to N
  bool operator==(const Quorums&) const = default;
};

/// "R/W": "2/1".
inline std::string as_text(const Quorums& quorums) {
  return std::to_string(quorums.reads) + "/" + std::to_string(quorums.writes);
}

/// R + W > N: whoever reads asks a copy that has the last write.
constexpr bool overlap(const Quorums& quorums) {
  return quorums.reads + quorums.writes > copies;
}

}  // namespace octet::bench
