#include "graders/dsl/history/value_trie.h"

#include <algorithm>

namespace octet::grading {
namespace {

// A place is a node, and how far along the edge to it.
constexpr ValueTrie::Place place_of(std::uint32_t node, std::size_t along) {
  return ValueTrie::Place{node} << 32 | along;
}
constexpr std::uint32_t node_of(ValueTrie::Place place) {
  return static_cast<std::uint32_t>(place >> 32);
}
constexpr std::size_t along(ValueTrie::Place place) {
  return place & 0xffffffffU;
}

std::size_t common_length(std::string_view one, std::string_view other) {
  const std::size_t most = std::min(one.size(), other.size());
  const auto differ =
      std::mismatch(one.begin(), one.begin() + static_cast<std::ptrdiff_t>(most), other.begin());
  return static_cast<std::size_t>(differ.first - one.begin());
}

}  // namespace

std::uint32_t ValueTrie::child(std::uint32_t node, char first) const {
  for (const auto& [key, below] : nodes_[node].children) {
    if (key == first) return below;
  }
  return 0;  // the root is nobody's child
}

std::uint32_t ValueTrie::grow(std::uint32_t node, std::string_view edge) {
  const auto below = static_cast<std::uint32_t>(nodes_.size());
  nodes_[node].children.emplace_back(edge.front(), below);
  nodes_.push_back({.edge = edge, .parent = node});
  return below;
}

/// Puts a new node in the middle of the edge to this one. Returns the new one.
std::uint32_t ValueTrie::split(std::uint32_t node, std::size_t at) {
  const auto middle = static_cast<std::uint32_t>(nodes_.size());
  Node upper = nodes_[node];
  upper.edge = upper.edge.substr(0, at);
  upper.children = {{nodes_[node].edge[at], node}};
  for (auto& [first, below] : nodes_[upper.parent].children) {
    if (below == node) below = middle;
  }
  nodes_[node].edge = nodes_[node].edge.substr(at);
  nodes_[node].parent = middle;
  nodes_.push_back(std::move(upper));
  return middle;
}

void ValueTrie::add(std::string_view value, std::size_t returned, bool is_shown) {
  std::uint32_t node = 0;
  const auto pass = [&] {
    nodes_[node].last_returned = std::max(nodes_[node].last_returned, returned);
    nodes_[node].is_shown |= is_shown;
  };
  pass();
  while (!value.empty()) {
    std::uint32_t next = child(node, value.front());
    if (next == 0) next = grow(node, value);
    const std::size_t common = common_length(nodes_[next].edge, value);
    node = common < nodes_[next].edge.size() ? split(next, common) : next;
    value.remove_prefix(common);
    pass();
  }
}

ValueTrie::Place ValueTrie::walk(Place from, std::string_view text) const {
  if (from == unseen) return unseen;
  std::uint32_t node = node_of(from);
  std::size_t done = along(from);
  while (!text.empty()) {
    if (done == nodes_[node].edge.size()) {
      node = child(node, text.front());
      if (node == 0) return unseen;
      done = 0;
    }
    const std::string_view rest = nodes_[node].edge.substr(done);
    const std::size_t common = std::min(rest.size(), text.size());
    if (rest.substr(0, common) != text.substr(0, common)) return unseen;
    done += common;
    text.remove_prefix(common);
  }
  return place_of(node, done);
}

ValueTrie::Place ValueTrie::at(Place place, std::size_t now) const {
  if (place == unseen) return unseen;
  return nodes_[node_of(place)].last_returned < now ? unseen : place;
}

std::string ValueTrie::value(Place place) const {
  std::string value(nodes_[node_of(place)].edge.substr(0, along(place)));
  for (std::uint32_t node = node_of(place); node != 0;) {
    node = nodes_[node].parent;
    value.insert(0, nodes_[node].edge);
  }
  return value;
}

}  // namespace octet::grading
