#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "graders/stage3-partitioning/store_cluster.h"

/// What copies and hints have, seen from outside, and how long it may take until they have the
/// same. A key that was deleted and one that has never been there look alike here: a solution may
/// show the former or not.
namespace octet::store {

/// The partition that the key of length 0 is in.
struct OnePartition {
  explicit OnePartition(const StoreCluster& store)
      : owners(store.owners("")),
        others(store.others("")),
        slots(store.slots_of("")),
        map(store.map()) {}

  /// A key of this partition that begins so.
  std::string key(const std::string& begin) const;

  std::vector<NodeId> owners;
  std::vector<NodeId> others;
  std::vector<Slot> slots;
  SlotMap map;
};

/// The values of the key in the first copy of it that this node serves.
Values held(const StoreCluster& store, NodeId node, const std::string& key);

/// How two copies of a partition differ, of those that nodes that are up serve, as a sentence;
/// empty when none do.
std::string difference(const sim::World& world, const StoreCluster& store);

/// Where there are still hints, as a sentence; empty when there are none.
std::string hints_left(const sim::World& world, const StoreCluster& store);

/// The nodes that hold a hint for this slot of the key, or had a deletion to hint.
std::vector<NodeId> hinted_at(const sim::World& world, const StoreCluster& store, Slot slot,
                              const std::string& key);

/// Each runs until it is so, or the world fails when it is not in time.
void wait_until_equal(sim::World& world, const StoreCluster& store);
void wait_until_given_away(sim::World& world, const StoreCluster& store);
void wait_until_held(sim::World& world, const StoreCluster& store, NodeId node,
                     const std::string& key, const Values& values, Duration within,
                     const std::string& why);

/// Puts a value, or deletes the key when there is none, in the place of what a read there gives.
void replace(StoreCluster& store, NodeId node, const std::string& key,
             const std::optional<std::string>& value);

/// What the nodes send each other from now on, over links that are not cut, until the world heals.
struct Traffic {
  std::uint64_t messages = 0;
  std::uint64_t bytes = 0;
};
std::shared_ptr<Traffic> measure(sim::World& world);

/// From now on, until the world heals, messages with these bytes in them come so much later.
void delay_all_with(sim::World& world, const std::string& bytes, Duration by);

/// Nobody can talk to them.
void isolate(sim::World& world, const std::vector<NodeId>& nodes);

std::string name(NodeId node);
/// In quotes.
std::string in_quotes(const std::string& key);
/// ["a","b"], or "nothing".
std::string text_of(const Values& values);

}  // namespace octet::store
