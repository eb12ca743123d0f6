#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <vector>

namespace octet {

/// A smallest part of `all` that still fails, in the same order: without any one of its elements it
/// does not fail (Zeller and Hildebrandt 2002, "ddmin"). `all` has to fail. Calls `fails` O(n^2)
/// times at worst, about 2 log2(n) times when one element is to blame.
template <class Element>
std::vector<Element> ddmin(std::vector<Element> all,
                           const std::function<bool(const std::vector<Element>&)>& fails) {
  if (all.empty() || fails({})) return {};
  std::size_t chunks = 2;
  while (all.size() > 1) {
    const auto part = [&](std::size_t chunk, bool complement) {
      const std::size_t begin = all.size() * chunk / chunks;
      const std::size_t end = all.size() * (chunk + 1) / chunks;
      std::vector<Element> some;
      for (std::size_t i = 0; i < all.size(); ++i) {
        if ((i >= begin && i < end) != complement) some.push_back(all[i]);
      }
      return some;
    };
    const auto find_failing = [&](bool complement) {
      for (std::size_t chunk = 0; chunk < chunks; ++chunk) {
        std::vector<Element> some = part(chunk, complement);
        if (fails(some)) return some;
      }
      return std::vector<Element>();
    };
    if (std::vector<Element> chunk = find_failing(false); !chunk.empty()) {
      all = std::move(chunk);
      chunks = 2;
    } else if (std::vector<Element> rest = find_failing(true); !rest.empty()) {
      all = std::move(rest);
      chunks = std::max<std::size_t>(chunks - 1, 2);
    } else if (chunks < all.size()) {
      chunks = std::min(2 * chunks, all.size());
    } else {
      break;
    }
  }
  return all;
}

}  // namespace octet
