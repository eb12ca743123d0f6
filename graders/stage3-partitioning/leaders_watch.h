#pragma once

#include <map>
#include <string>
#include <vector>

#include "graders/stage3-partitioning/leaders_writes.h"
#include "runtime/sim/world.h"

namespace octet::leaders {

/// Looks at what all leaders show, after every event, and fails the world when that cannot be:
/// something that nobody has written, a write that is gone again, an effect without its cause in
/// causal mode.
class Watch {
 public:
  /// The leaders are in the world already.
  Watch(sim::World& world, const std::vector<NodeId>& leaders, const Config& config);
  Watch(const Watch&) = delete;
  Watch& operator=(const Watch&) = delete;

  /// The same at once, for a test that has just done something.
  void look_now();

  Writes& writes() { return writes_; }
  const Writes& writes() const { return writes_; }

  /// What this leader has shown so far, in this life.
  const Writes::Numbers& shown(NodeId id) const { return leaders_.at(id).shown; }

  /// What all leaders must come to show: what another leader has shown, and what its own has shown
  /// for long enough to be on disk. The rest is lost when its leader has crashed right afterwards.
  const Writes::Numbers& certain() const { return certain_; }

 private:
  struct Leader {
    std::uint64_t life = 0;
    std::uint64_t handled = 0;
    View view = {};
    Writes::Numbers shown = {};                       // in this life
    std::map<Writes::Number, Duration> arrived = {};  // and may not be on disk
    Writes::Numbers on_disk = {};                     // a restart shows them again
  };

  std::string look();
  std::string look_at(NodeId id, Leader& leader);
  std::string gone(NodeId id, const Leader& leader, const Writes::Numbers& shown) const;
  std::string without_cause(NodeId id, const Writes::Numbers& shown) const;
  void settle(NodeId id, Leader& leader);

  sim::World& world_;
  Config config_;
  Writes writes_;
  std::map<NodeId, Leader> leaders_;
  Writes::Numbers certain_;
};

}  // namespace octet::leaders
