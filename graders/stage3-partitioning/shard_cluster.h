#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "graders/stage3-partitioning/shard_history.h"
#include "graders/stage3-partitioning/shard_maps.h"
#include "runtime/sim/world.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::shards::trial {

/// Ten times what a run of these tests has, so that one that never comes to rest is soon over.
inline const sim::WorldOptions limited = {.max_events = 100'000};

/// Messages are lost, come twice, and come seconds late.
inline const sim::WorldOptions rough = {.network = {.loss = 30'000,
                                                    .duplication = 100'000,
                                                    .long_delay = 20'000,
                                                    .longest_delay = std::chrono::seconds(3)},
                                        .max_events = 500'000};

/// Servers in a world, the operator who makes their maps, and the applications that use them. An
/// application sends a request to the owner by the latest map that it knows. It asks again, with
/// the same id, when it hears NotHere or for a while nothing.
///
/// At every moment each slot is served by at most one server (RB2), and what applications got is
/// linearizable (RB1).
class ShardCluster {
 public:
  ShardCluster(sim::World& world, const std::vector<NodeId>& servers, const SlotMap& founding,
               Duration retry = std::chrono::milliseconds(100));
  ShardCluster(const ShardCluster&) = delete;
  ShardCluster& operator=(const ShardCluster&) = delete;

  const std::vector<NodeId>& servers() const { return servers_; }
  const SlotMap& founding() const { return founding_; }
  View view(NodeId server) const { return world_.view<View>(server); }
  bool serves(NodeId server, Slot slot) const;
  bool holds(NodeId server, Slot slot) const;

  /// Whatever has to come about has done so by then, when nothing is broken any more.
  Duration bound() const { return 40 * retry_; }

  /// The operator hands this map to these servers; who is down gets none. All servers, when none
  /// are named.
  void announce(const SlotMap& map, const std::vector<NodeId>& to = {});

  /// Runs until each slot is served by its owner, and nobody else who is up holds anything of it.
  void wait_until_settled(const SlotMap& map);
  /// What is wrong with that now; empty when nothing is.
  std::string unsettled(const SlotMap& map) const;

  void announce_and_settle(const SlotMap& map) {
    announce(map);
    wait_until_settled(map);
  }

  /// An application begins a request; it has none under way. Returns a number for the functions
  /// below.
  std::size_t call(std::uint64_t client, const Operation& operation);
  bool is_done(std::size_t call) const { return calls_.at(call).result.has_value(); }
  /// Of one that is done.
  const Result& result(std::size_t call) const { return *calls_.at(call).result; }
  bool is_idle(std::uint64_t client) const;

  /// Runs until it is done.
  Result wait_until_done(std::size_t call);
  Result done(std::uint64_t client, const Operation& operation) {
    return wait_until_done(call(client, operation));
  }
  std::uint64_t written(std::uint64_t client, const Operation& operation) {
    return std::get<Written>(done(client, operation)).version;
  }
  Found found(std::uint64_t client, const std::string& key) {
    return std::get<Found>(done(client, Get{key}));
  }

  /// Asks this server once, beside all applications, and runs until it answers. For keys that no
  /// application uses.
  Output ask(NodeId server, RequestId id, const Operation& operation);

  /// Asks this server again and again until it has done it.
  Result ask_until_done(NodeId server, RequestId id, const Operation& operation);

  /// How many requests of applications are done.
  std::size_t done() const { return done_; }

 private:
  struct Called {
    std::uint64_t client = 0;
    RequestId id;
    Operation operation;
    std::uint64_t bar = 0;  // of the trace
    std::optional<Result> result = {};
  };
  struct Application {
    SlotMap map;
    std::uint64_t last_number = 0;
    std::optional<std::size_t> call = {};  // under way
    std::uint64_t asked = 0;               // how often it asked anything of anybody
  };

  std::string two_who_serve();
  void hand_over(NodeId server, const Request& request);
  void ask_for(std::uint64_t client);
  void ask_again_in(std::uint64_t client, Duration time);
  void hear(NodeId server, const Output& output);
  void hear_of(std::size_t call, const Done& done);
  void finish(std::size_t call);
  NodeId owner(std::uint64_t client, const Operation& operation);
  Application& application(std::uint64_t client);

  sim::World& world_;
  std::vector<NodeId> servers_;
  SlotMap founding_;
  Duration retry_;
  ShardHistory history_;
  std::vector<Called> calls_;
  std::map<std::uint64_t, Application> applications_;
  std::map<std::pair<NodeId, RequestId>, std::uint64_t> unanswered_;
  std::map<std::pair<NodeId, RequestId>, std::optional<Output>> asked_;  // by ask()
  std::map<NodeId, std::pair<std::uint64_t, std::set<Slot>>> serving_;   // and when that was seen
  std::size_t done_ = 0;
};

}  // namespace octet::shards::trial
