#include "bench/stage3/placement_measure.h"

#include <algorithm>
#include <cmath>
#include <ctime>
#include <map>

#include "bench/samples.h"
#include "bench/stage3/placement_memory.h"
#include "runtime/random.h"

namespace octet::bench {
namespace {

constexpr double long_enough_s = 0.05;  // of one round of lookups
constexpr std::size_t block = 256;      // keys between two looks at the clock

using Owners = std::vector<NodeId>;

Owners owners_of(const Contestant& contestant, const std::vector<std::string>& keys) {
  Owners owners(keys.size());
  contestant.owners(keys, owners);
  return owners;
}

double moved(const Owners& before, const Owners& after) {
  double count = 0;
  for (std::size_t i = 0; i < before.size(); ++i) count += before[i] != after[i] ? 1 : 0;
  return count / static_cast<double>(before.size());
}

/// Keys of each node by the mean, in order; of a node without keys, too.
std::vector<double> loads(const Owners& owners, std::uint32_t nodes) {
  std::map<NodeId, double> counts;
  for (const NodeId owner : owners) ++counts[owner];
  std::vector<double> loads(nodes - counts.size());
  const double mean = static_cast<double>(owners.size()) / nodes;
  for (const auto& [node, count] : counts) loads.push_back(count / mean);
  std::ranges::sort(loads);
  return loads;
}

/// Keys in no order, as requests for them come: those in order would find all in the caches.
std::vector<std::string> in_no_order(std::vector<std::string> keys) {
  Random random(1, "lookups");
  for (std::size_t left = keys.size(); left > 1; --left) {
    std::swap(keys[left - 1], keys[random.below(left)]);
  }
  return keys;
}

/// The processor's time, so that a busy machine does not count.
double lookup_ns(const Contestant& contestant, const std::vector<std::string>& keys) {
  Owners owners(block);
  std::size_t done = 0;
  double taken_s = 0;
  for (const std::clock_t start = std::clock(); taken_s < long_enough_s;
       taken_s = static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC) {
    const std::size_t first = done % (keys.size() - block);
    contestant.owners(std::span(keys).subspan(first, block), owners);
    done += block;
  }
  return taken_s * 1e9 / static_cast<double>(done);
}

}  // namespace

double least_moved_by_add(std::uint32_t nodes) {
  return 1.0 / (nodes + 1);
}

double least_moved_by_remove(std::uint32_t nodes) {
  return 1.0 / nodes;
}

PlacementResult measure_placement(const Placement& placement, std::uint32_t nodes,
                                  const std::vector<std::string>& keys, int rounds) {
  PlacementResult result{.placement = placement.name, .nodes = nodes};
  const std::size_t before = bytes_in_use();
  const auto contestant = placement.make(nodes, keys);
  result.bytes = bytes_in_use() - before;

  const Owners owners = owners_of(*contestant, keys);
  const std::vector<double> all = loads(owners, nodes);
  result.most = all.back();
  result.most_of_99 = all[static_cast<std::size_t>(std::ceil(0.99 * nodes)) - 1];

  const std::vector<std::string> mixed = in_no_order(keys);
  std::vector<double> times;
  for (int round = 0; round < rounds; ++round) times.push_back(lookup_ns(*contestant, mixed));
  result.lookup_ns = summarise(times).median;

  contestant->add_node();
  result.moved_by_add = moved(owners, owners_of(*contestant, keys));
  const auto another = placement.make(nodes, keys);
  another->remove_node();
  result.moved_by_remove = moved(owners, owners_of(*another, keys));
  return result;
}

}  // namespace octet::bench
