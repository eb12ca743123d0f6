#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "runtime/sim/world.h"
#include "stage2-clocks-rpc/api/gossip.h"

namespace octet::gossip::anti_entropy {

/// Processes that keep the same keys by anti-entropy.
class Replicas {
 public:
  Replicas(sim::World& world, std::size_t size);

  NodeId id(std::size_t index) const { return config_.members.at(index); }
  std::size_t size() const { return config_.members.size(); }

  /// The process itself shows it at once.
  void put(NodeId id, const std::string& key, const std::string& value);
  std::map<std::string, std::string> values(NodeId id) const;

  /// So many intervals for all to have the same.
  std::int64_t intervals() const;

  /// Runs until all show the same; fails the run when that takes longer, or when it does not last.
  void expect_convergence(const std::string& what);

  /// This value, at every process.
  void expect_value(const std::string& key, const std::string& value);

  static constexpr Duration interval = std::chrono::milliseconds(100);

 private:
  bool is_converged() const;

  sim::World& world_;
  Config config_;
};

}  // namespace octet::gossip::anti_entropy
