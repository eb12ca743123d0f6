#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "graders/stage3-partitioning/replica_model.h"
#include "runtime/sim/world.h"
#include "stage3-partitioning/api/followers.h"

namespace octet::followers {

/// What must hold of the views of all replicas, after every event: one leader in an epoch, logs
/// that match (LF2), values that are those of the log (LF3); and with durable_on above 1, what is
/// safe stays: what was applied or acknowledged is on enough replicas (LF1), and in the log of
/// every later leader (LF4). What breaks one of these fails the world.
class ReplicaRules {
 public:
  /// Watches the replicas, which are in the world already.
  ReplicaRules(sim::World& world, const Config& config);
  ReplicaRules(const ReplicaRules&) = delete;
  ReplicaRules& operator=(const ReplicaRules&) = delete;

  /// Looks at what has changed: what is wrong, or "". The world asks after every event; outputs may
  /// come before that.
  std::string look();

  /// Who has led, by epoch.
  const std::map<Epoch, NodeId>& leaders() const { return leaders_; }

  /// The log that this replica has shown last; while it is down, before it went.
  const std::vector<Entry>& log_of(NodeId id) const { return known_.at(id).log; }

  /// A log that has this place; nullptr when none does.
  const std::vector<Entry>* log_with(Token place) const;

  /// Whether some leader of a later epoch, up to this one, has begun without this place.
  bool is_lost(Token place, Epoch until) const;

  /// A client may find this write in the log from now on, or never.
  void submitted(const Write& write);
  std::string refused(const Write& write);

  /// This replica says that all up to there is safe. What is wrong with that, or "".
  std::string settle(NodeId id, Index index);

 private:
  struct Known {
    std::uint64_t life = 0;
    std::uint64_t handled = 0;
    bool is_new = true;  // nothing of this life is known
    Role role = Role::follower;
    Epoch epoch{};
    Index applied{};
    Index settled{};
    std::vector<Entry> log = {};
    std::vector<std::uint64_t> digests = {};  // of all entries up to each one
    std::set<std::string> writes = {};        // of the log
    Values values = {};                       // of what is applied
  };

  /// One place of the log that no fail-over may take back.
  struct Safe {
    std::uint64_t digest = 0;
    Entry entry;
    NodeId by;   // who showed it first
    Epoch in{};  // the epoch in which that was
  };

  std::string look_at(NodeId id);
  void take_over(Known& known, const View& view, std::size_t same);
  std::string wrong_epoch(NodeId id, const Known& known, const View& now) const;
  std::string wrong_applied(NodeId id, const Known& known, const View& now) const;
  std::string wrong_change(NodeId id, const Known& known, const View& now, std::size_t same) const;
  std::string wrong_writes(NodeId id, Known& known, std::size_t same);
  std::string wrong_values(NodeId id, const Known& known, const View& now) const;
  std::string wrong_match(NodeId id) const;
  std::string wrong_leader(NodeId id, const Known& known);
  std::string lacks_what_is_safe(NodeId id, const Known& known) const;
  std::string settled_too_early(NodeId id, std::size_t at) const;

  sim::World& world_;
  Config config_;
  std::map<NodeId, Known> known_;
  std::map<Epoch, NodeId> leaders_;
  std::map<Epoch, std::vector<Epoch>> beginnings_;  // of the entries of each leader's first log
  std::vector<Safe> safe_;
  std::map<std::string, bool> submitted_;  // whether the write may be in a log
};

}  // namespace octet::followers
