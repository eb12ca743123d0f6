#pragma once

#include <array>
#include <cstdint>

#include "runtime/random.h"

namespace octet::sim {

/// Counts how often each content came, so that a draw can be known by what it is for and not by its
/// place in the run. Contents that share a counter are still told apart, only not independent of
/// each other; a table that does not grow is worth that.
class Occurrences {
 public:
  /// A key for this occurrence of the content with this hash.
  std::uint64_t key(std::uint64_t content) {
    return mix(content ^ ++counts_[content % counts_.size()]);
  }

 private:
  std::array<std::uint32_t, 1 << 12> counts_{};
};

}  // namespace octet::sim
