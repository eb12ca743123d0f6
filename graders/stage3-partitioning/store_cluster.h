#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sim/world.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::store {

/// One request, as the application sees it.
struct Asked {
  NodeId node;  // that coordinates it
  Input what;
  std::uint64_t bar = 0;  // of the trace
  Duration at = {};
  Duration ended_at = {};
  std::optional<Output> end = {};
};

/// What a store is made of; the rest of its configuration is as usual.
struct Setup {
  std::size_t nodes = 3;
  std::uint32_t partitions = 1;
  std::uint32_t copies = 3;
  Config config = {};  // without its map
};

/// The nodes of one store in a world, and the applications that use them. Each application is with
/// one node: what it has asked and not heard of when that crashes ends there, unknown.
class StoreCluster {
 public:
  StoreCluster(sim::World& world, Setup setup);
  StoreCluster(const StoreCluster&) = delete;
  StoreCluster& operator=(const StoreCluster&) = delete;

  const std::vector<NodeId>& nodes() const { return nodes_; }
  const Config& config() const { return config_; }
  const SlotMap& map() const { return config_.founding; }
  View view(NodeId node) const { return world_.view<View>(node); }

  /// Who has the copies of the key, by the founding map, and who has none.
  std::vector<NodeId> owners(const std::string& key) const;
  std::vector<NodeId> others(const std::string& key) const;
  std::vector<Slot> slots_of(const std::string& key) const;

  /// After what is broken has healed: all copies have been compared with each other by then, some
  /// times over.
  Duration repaired() const { return 6 * map().copies * config_.repair + settled(); }
  /// So long after it was asked a request has ended, with room for the way.
  Duration settled() const { return config_.patience + 2 * config_.retry; }

  // Requests. Each returns a number for asked().

  std::size_t get(NodeId node, const std::string& key, Level level = Level::eventual,
                  const std::string& session = {});
  std::size_t put(NodeId node, const std::string& key, const std::string& value,
                  const std::string& context = {}, Level level = Level::eventual,
                  const std::string& session = {});
  std::size_t del(NodeId node, const std::string& key, const std::string& context = {},
                  Level level = Level::eventual, const std::string& session = {});

  const Asked& asked(std::size_t request) const { return asked_.at(request); }
  std::size_t requests() const { return asked_.size(); }

  /// Runs until it has ended: within its patience, or the world fails.
  const Output& wait(std::size_t request);

  /// Runs until it has ended as it should, or the world fails.
  Got got(std::size_t request);
  Stored stored(std::size_t request);

  /// How many requests have ended well.
  std::size_t done() const { return done_; }

 private:
  std::size_t ask(NodeId node, Input input);
  void hear(NodeId node, const Output& output);
  void end_in_trace(std::size_t request);

  sim::World& world_;
  Config config_;
  std::vector<NodeId> nodes_;
  std::vector<Asked> asked_;
  std::map<std::pair<NodeId, std::uint64_t>, std::size_t> open_;  // by node and number
  std::size_t done_ = 0;
};

/// The number in any input or output that has one.
std::uint64_t number_of(const Output& output);

/// Nothing gets from these to those, or back.
void cut(sim::World& world, const std::vector<NodeId>& these, const std::vector<NodeId>& those);

}  // namespace octet::store
