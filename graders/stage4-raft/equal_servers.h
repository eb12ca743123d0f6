#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "runtime/sim/world.h"
#include "stage4-raft/api/kv.h"

namespace octet::kv {

/// Watches what the servers of a store hold. Those that have applied as much hold the same, in all
/// their lives (KV4), and nobody has applied less than it had in the same life. A server that waits
/// for its disk is looked at later: what it applied may be undone by a crash.
class EqualServers {
 public:
  EqualServers(sim::World& world, std::vector<NodeId> servers);
  EqualServers(const EqualServers&) = delete;
  EqualServers& operator=(const EqualServers&) = delete;

  /// How often two servers were compared that had applied as much.
  std::size_t compared() const { return compared_; }

 private:
  std::string look();
  std::string look_at(NodeId server);
  std::string compare(NodeId server, View now);

  /// What a server has shown last.
  struct Known {
    std::uint64_t handled = 0;
    std::uint64_t life = 0;
    Index applied{};
  };

  sim::World& world_;
  std::vector<NodeId> servers_;
  std::map<NodeId, Known> known_;
  /// What a server held that was the first to have applied so much.
  std::map<Index, std::pair<NodeId, std::map<std::string, std::string>>> first_;
  std::size_t compared_ = 0;
};

}  // namespace octet::kv
