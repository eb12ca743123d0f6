#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "runtime/sim/world.h"

namespace octet::grading {

/// Processes of a world with the applications that use their lock. At any time at most one of them
/// is inside, and none that has not asked.
class LockUsers {
 public:
  /// Adds the processes to the world.
  LockUsers(sim::World& world, const std::vector<NodeId>& members);
  LockUsers(const LockUsers&) = delete;
  LockUsers& operator=(const LockUsers&) = delete;

  void request(NodeId who);
  void release(NodeId who);

  /// From now on who enters stays so long, then releases, and requests again after `pause` until it
  /// has entered `times` times.
  void come_and_go(Duration stay, std::size_t times = 1, Duration pause = {});

  const std::vector<NodeId>& members() const { return members_; }
  std::optional<NodeId> inside() const { return inside_; }
  const std::vector<NodeId>& entries() const { return entries_; }  // who entered, in order
  const std::set<NodeId>& waiting() const { return waiting_; }

 private:
  struct Habit {
    Duration stay;
    std::size_t times;
    Duration pause;
  };

  void enter(NodeId who);
  void leave(NodeId who);

  sim::World& world_;
  std::vector<NodeId> members_;
  std::set<NodeId> waiting_;
  std::optional<NodeId> inside_;
  std::vector<NodeId> entries_;
  std::optional<Habit> habit_;
  std::string problem_;
};

}  // namespace octet::grading
