#include "bench/stage3/placement_contestants.h"

#include <algorithm>
#include <concepts>
#include <map>
#include <utility>

#include "hash_ring.h"
#include "jump_hash.h"
#include "modulo.h"
#include "range_map.h"
#include "rendezvous.h"

namespace octet::bench {
namespace {

using namespace octet::placement;

constexpr std::uint32_t parts = 100;  // tokens or ranges of a node

/// Of those that are used alike, and of the jump hash.
template <class Placement>
class Hashed final : public Contestant {
 public:
  Hashed(Placement empty, std::uint32_t nodes) : placement_(std::move(empty)) {
    while (nodes_ < nodes) add_node();
  }
  void owners(std::span<const std::string> keys, std::span<NodeId> owners) const override {
    for (std::size_t i = 0; i < keys.size(); ++i) owners[i] = *placement_.owner(keys[i]);
  }
  void add_node() override { placement_.add({++nodes_}); }
  void remove_node() override {
    const bool any_may_go = !std::same_as<Placement, JumpPlacement>;
    placement_.remove(any_may_go ? (nodes_ + 1) / 2 : nodes_);
  }

 private:
  Placement placement_;
  std::uint32_t nodes_ = 0;
};

/// What a master would do that knows how many keys there are where.
class Ranged final : public Contestant {
 public:
  Ranged(std::uint32_t nodes, const std::vector<std::string>& keys) : map_(1), nodes_(nodes) {
    const std::size_t ranges = std::size_t{parts} * nodes;
    for (std::size_t i = 1; i < ranges; ++i) {
      map_.split(keys[i * keys.size() / ranges], static_cast<std::uint32_t>(1 + i % nodes));
    }
  }
  void owners(std::span<const std::string> keys, std::span<NodeId> owners) const override {
    for (std::size_t i = 0; i < keys.size(); ++i) owners[i] = map_.range_of(keys[i]).owner;
  }

  /// It takes a range from the one that has most, until it has its part.
  void add_node() override {
    auto held = ranges_by_owner();
    std::vector<std::string>& mine = held[++nodes_];
    const std::size_t part = std::size_t{parts} * (nodes_ - 1) / nodes_;
    while (mine.size() < part) {
      auto& most = std::ranges::max_element(held, {}, size)->second;
      mine.push_back(std::move(most.back()));
      most.pop_back();
      map_.move(mine.back(), nodes_);
    }
  }

  /// Each of its ranges goes to the one that has least.
  void remove_node() override {
    const NodeId gone = (nodes_ + 1) / 2;
    auto held = ranges_by_owner();
    const auto orphans = held.extract(gone);
    for (const std::string& range : orphans.mapped()) {
      const auto least = std::ranges::min_element(held, {}, size);
      map_.move(range, least->first);
      least->second.push_back(range);
    }
  }

 private:
  using Held = std::map<NodeId, std::vector<std::string>>;

  static std::size_t size(const Held::value_type& held) { return held.second.size(); }

  Held ranges_by_owner() const {
    Held held;
    for (Range& range : map_.ranges()) held[range.owner].push_back(std::move(range.begin));
    return held;
  }

  RangeMap map_;
  std::uint32_t nodes_;
};

template <class Make>
Placement hashed(std::string name, Make make) {
  return {std::move(name), [make](std::uint32_t nodes, const std::vector<std::string>&) {
            return std::make_unique<Hashed<decltype(make())>>(make(), nodes);
          }};
}

}  // namespace

std::vector<Placement> placements() {
  return {hashed("modulo", [] { return ModuloPlacement(good_hash); }),
          hashed("ring", [] { return HashRing(good_hash, parts); }),
          hashed("rendezvous", [] { return Rendezvous(good_hash); }),
          hashed("jump", [] { return JumpPlacement(good_hash); }),
          {"ranges", [](std::uint32_t nodes, const std::vector<std::string>& keys) {
             return std::make_unique<Ranged>(nodes, keys);
           }}};
}

}  // namespace octet::bench
