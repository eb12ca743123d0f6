#include "runtime/random.h"

#include <algorithm>
#include <cstring>

namespace octet {

std::uint64_t hash_of(std::string_view bytes) {
  std::uint64_t hash = bytes.size();
  while (!bytes.empty()) {
    std::uint64_t word = 0;
    const std::size_t count = std::min(bytes.size(), sizeof(word));
    std::memcpy(&word, bytes.data(), count);
    hash = mix(hash ^ word);
    bytes.remove_prefix(count);
  }
  return hash;
}

}  // namespace octet
