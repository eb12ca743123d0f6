#pragma once

#include <cstdint>
#include <string_view>

namespace octet {

/// Numbers that depend on the seed, the stream's name and their place in it, and on nothing else:
/// drawing from one stream never shifts another. Splitmix64 (Steele et al. 2014) over a counter.
class Random {
 public:
  Random(std::uint64_t seed, std::string_view stream);

  std::uint64_t next();

  /// Uniform in [0, bound); bound > 0. The bias is below bound / 2^64.
  std::uint64_t below(std::uint64_t bound) { return next() % bound; }

 private:
  std::uint64_t key_;
  std::uint64_t drawn_ = 0;
};

}  // namespace octet
