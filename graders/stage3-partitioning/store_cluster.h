#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graders/stage3-partitioning/sibling_rules.h"
#include "runtime/sim/world.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::store {

/// One request, as the application sees it.
struct Asked {
  NodeId node;             // that coordinates it
  std::uint64_t life = 0;  // of the node
  Input what;
  std::uint64_t bar = 0;  // of the trace
  Duration at = {};
  Duration ended_at = {};
  std::optional<Output> end = {};
};

/// What a store is made of; the rest of its configuration is as usual.
struct Setup {
  std::size_t nodes = 3;
  std::size_t members = 0;  // so many of them have slots at first; 0: all of them
  std::uint32_t partitions = 1;
  std::uint32_t copies = 3;
  Config config = {};  // without its map
};

/// The nodes of one store in a world, and the applications that use them. Each application is with
/// one node: what it has asked and not heard of when that crashes ends there, unknown, and the next
/// one counts its requests anew. All answers are held to the rules of siblings.
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
  /// Its node has not crashed since.
  bool is_under_way(std::size_t request) const;

  /// Runs until it has ended: within its patience, or the world fails.
  const Output& wait(std::size_t request);

  /// Runs until it has ended as it should, or the world fails.
  Got got(std::size_t request);
  Stored stored(std::size_t request);

  /// Runs until it has ended, or the world fails: for want of copies.
  void expect_in_vain(std::size_t request);

  /// Runs until all requests have ended, but for those whose node has crashed, or the world fails.
  void wait_for_all();

  /// How many requests have ended, and how many of them well.
  std::size_t ended() const { return ended_; }
  std::size_t done() const { return done_; }
  const SiblingRules& rules() const { return rules_; }

 private:
  std::size_t ask(NodeId node, Input input);
  void hear(NodeId node, const Output& output);
  void end(std::size_t request, const Output& how);
  void end_in_trace(std::size_t request);
  std::uint64_t next_number(NodeId node);

  /// A node's life, and a number of it.
  struct Counted {
    NodeId node;
    std::uint64_t life = 0;
    std::uint64_t number = 0;
    auto operator<=>(const Counted&) const = default;
  };

  sim::World& world_;
  Config config_;
  std::vector<NodeId> nodes_;
  std::vector<Asked> asked_;
  std::map<NodeId, Counted> last_;
  std::map<Counted, std::size_t> open_;
  SiblingRules rules_;
  std::size_t ended_ = 0;
  std::size_t done_ = 0;
};

using Values = std::vector<std::string>;

/// A usual configuration, with these quorums.
Config with_quorums(std::size_t reads, std::size_t writes, bool sloppy = false);

/// The number in any input or output that has one.
std::uint64_t number_of(const Output& output);

/// Nothing gets from these to those, or back.
void cut(sim::World& world, const std::vector<NodeId>& these, const std::vector<NodeId>& those);

}  // namespace octet::store
