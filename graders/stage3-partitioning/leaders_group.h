#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "graders/stage3-partitioning/leaders_topology.h"
#include "graders/stage3-partitioning/leaders_watch.h"
#include "runtime/sim/world.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::leaders {

/// Ten times what a run of these tests has, so that one that never comes to rest is soon over.
inline const sim::WorldOptions limited = {.max_events = 100'000};

/// Leaders in a world, their clients, and the links that there are between them. What they show is
/// watched at every moment (leaders_watch.h). What a test waits for in vain fails the world.
class Group {
 public:
  Group(sim::World& world, Topology topology, Config config = {});
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;

  const std::vector<NodeId>& leaders() const { return topology_.leaders; }
  std::size_t size() const { return leaders().size(); }
  NodeId operator[](std::size_t place) const { return leaders().at(place); }
  /// What it shows, without counters that are 0.
  View view(NodeId id) const;

  /// A new write there; it takes effect at once. Nothing when the leader is down.
  void set(NodeId at, const std::string& key);
  void set(NodeId at, const std::string& key, const std::string& value);
  void add(NodeId at, const std::string& counter);
  /// Many of these are alike: only their sum can be asked for.
  void add_one(NodeId at, const std::string& counter);

  /// Runs until these two show the same.
  void wait_until_alike(NodeId one, NodeId other);

  /// Runs until all show the same, and nothing is missing; and a little longer, for it lasts.
  /// Within time for all hops that there may be, unless the test says how long. Returns what they
  /// show.
  View expect_agreement();
  View expect_agreement(Duration within);

  /// As those of the world, over the links that there are.
  void delay(sim::Filter filter, Duration by) { world_.delay(on_links(std::move(filter)), by); }
  void duplicate(sim::Filter filter, Duration later) {
    world_.duplicate(on_links(std::move(filter)), later);
  }

  /// Every link is whole again.
  void heal();

  /// So many messages, and bytes, were sent over links since the last heal().
  struct Traffic {
    std::uint64_t messages = 0;
    std::uint64_t bytes = 0;
  };
  const Traffic& traffic() const { return traffic_; }
  std::size_t links() const { return topology_.links.size(); }
  const Config& config() const { return config_; }

 private:
  bool is_there(NodeId id);
  void write(Writes::Number number);
  void only_links_there_are();
  sim::Filter on_links(sim::Filter filter) const;
  Duration bound() const;
  bool agree() const;
  std::string missing_at(NodeId id) const;
  std::string disagreement() const;

  sim::World& world_;
  Topology topology_;
  Config config_;
  Watch watch_;
  Traffic traffic_;
};

}  // namespace octet::leaders
