#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "runtime/sim/world.h"
#include "stage2-clocks-rpc/api/election.h"

namespace octet::election {

using Make = std::unique_ptr<AnyNode> (*)(const Config&);

/// The processes of one election, and what their applications know. Ids are neither contiguous nor
/// in the order of the ring.
class Electorate {
 public:
  /// Adds so many processes, which elect somebody, as they are new.
  Electorate(sim::World& world, Make make, std::size_t size);

  /// By rank: 0 is the lowest id.
  NodeId id(std::size_t rank) const { return ranks_.at(rank); }
  std::size_t size() const { return ranks_.size(); }

  void elect(NodeId id);
  void crash(NodeId id);
  void restart(NodeId id);

  /// Whom the application at this process holds for the leader, in its present life.
  std::optional<NodeId> leader(NodeId id) const;
  NodeId highest_up() const;
  std::vector<NodeId> up() const;

  /// Lets the time pass that an election may take.
  void run_for_an_election();

  /// From now on nothing crashes, so nobody may take any other for the leader, not even for a
  /// moment.
  void expect_nobody_but(NodeId leader) { only_ = leader; }

  /// It has passed: all who are up take the highest of them for the leader. After `what`.
  void expect_agreement(const std::string& what);

  /// Nobody sends any more.
  void expect_silence();

  std::uint64_t messages() const { return *messages_; }

  static constexpr Duration longest_delay = std::chrono::milliseconds(10);
  Duration bound() const { return 40 * static_cast<std::int64_t>(size()) * longest_delay; }

 private:
  void hear(NodeId id, const Elected& elected);

  sim::World& world_;
  std::vector<NodeId> ranks_;
  std::map<NodeId, NodeId> leaders_;
  std::optional<NodeId> only_;
  std::shared_ptr<std::uint64_t> messages_ = std::make_shared<std::uint64_t>(0);
};

/// Latencies below the longest delay: any, all short, all long.
std::vector<sim::NetworkOptions> latencies();

}  // namespace octet::election
