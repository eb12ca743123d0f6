#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "graders/stage4-raft/equal_servers.h"
#include "graders/stage4-raft/kv_history.h"
#include "graders/stage4-raft/servers.h"
#include "runtime/sim/world.h"
#include "stage4-raft/api/solution.h"

namespace octet::kv {

/// One call of a client, as the application sees it.
struct Asked {
  NodeId client;
  std::uint64_t number = 0;  // as the client knows it
  Operation operation = {};
  std::uint32_t lane = 0;  // of the trace: each call under way has its own
  std::uint64_t bar = 0;   // of the trace
  Duration at = {};
  std::optional<ClientOutput> end = {};
};

/// The servers of one store in a world, its clients, and the applications that use these. At every
/// moment what the clients got is linearizable, and servers that have applied as much hold the same
/// (KV1 to KV5).
class KvCluster {
 public:
  KvCluster(sim::World& world, std::size_t servers, std::size_t clients, raft::Config raft = {},
            Duration patience = std::chrono::minutes(1));
  KvCluster(const KvCluster&) = delete;
  KvCluster& operator=(const KvCluster&) = delete;

  const std::vector<NodeId>& servers() const { return raft_.servers; }
  const std::vector<NodeId>& clients() const { return clients_; }
  const raft::Config& raft() const { return raft_; }
  const ClientConfig& client_config() const { return client_; }
  View view(NodeId server) const { return world_.view<View>(server); }
  std::vector<NodeId> others(NodeId than) const { return raft::without(servers(), {than}); }

  /// After what is broken has healed: elections are settled by then, and a call is done (KV6).
  Duration bound() const { return 40 * raft_.election_timeout; }

  /// Runs until one of these servers leads the latest term among them; of all that are up, when
  /// none are named.
  NodeId wait_for_leader(const std::vector<NodeId>& among = {});

  /// Calls; returns a number for the functions below.
  std::size_t call(NodeId client, const Operation& operation);
  const Asked& asked(std::size_t call) const { return calls_.at(call); }
  bool is_done(std::size_t call) const;
  /// Of a call that is done.
  const Result& result(std::size_t call) const { return std::get<Done>(*asked(call).end).result; }
  std::size_t under_way() const { return open_.size(); }

  /// Runs until it has ended.
  const Asked& wait_for_end(std::size_t call);

  /// Runs until it is done, within bound(). What else becomes of it fails the world.
  Result wait_until_done(std::size_t call);
  Result done(NodeId client, const Operation& operation) {
    return wait_until_done(call(client, operation));
  }
  std::string get(NodeId client, const std::string& key);

  /// The client's process ends and begins anew.
  void restart(NodeId client);

  /// All servers come to hold the same, after a last call.
  void expect_agreement();

  /// How many calls are done, and how often two servers were compared that had applied as much.
  std::size_t done() const { return done_; }
  std::size_t compared() const { return equal_servers_.compared(); }

 private:
  void hear(NodeId client, const ClientOutput& output);
  void end(std::size_t call, const ClientOutput& how);
  std::uint32_t free_lane(NodeId client) const;

  sim::World& world_;
  raft::Config raft_;
  ClientConfig client_;
  std::vector<NodeId> clients_;
  std::vector<Asked> calls_;
  std::map<std::pair<NodeId, std::uint64_t>, std::size_t> open_;  // by client and its number
  std::map<NodeId, std::uint64_t> last_number_;
  KvHistory history_;
  EqualServers equal_servers_;
  std::size_t done_ = 0;
};

/// Nothing gets from these to those, or back.
void cut(sim::World& world, const std::vector<NodeId>& these, const std::vector<NodeId>& those);

}  // namespace octet::kv
