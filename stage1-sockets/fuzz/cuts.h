#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <iostream>
#include <string_view>

namespace octet::sockets::fuzz {

/// Ends the fuzzer's run, with the input as its finding.
inline void require(bool condition, std::string_view what) {
  if (condition) return;
  std::cerr << "broken: " << what << '\n';
  std::abort();
}

/// Cuts bytes into pieces whose sizes the bytes themselves decide, so that the fuzzer chooses them,
/// and hands each to `feed`.
template <class Feed>
void feed_in_pieces(std::string_view bytes, std::size_t longest, Feed feed) {
  while (!bytes.empty()) {
    const std::size_t size = 1 + static_cast<unsigned char>(bytes.front()) % longest;
    feed(bytes.substr(0, size));
    bytes.remove_prefix(std::min(size, bytes.size()));
  }
}

}  // namespace octet::sockets::fuzz
