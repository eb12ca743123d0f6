#pragma once

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <vector>

#include "graders/stage4-raft/searched.h"

namespace octet::raft {

/// A run that is told stage by stage, for a search that begins where it ends: of the orders of what
/// can happen in a stage, the shortest to its goal. Who has crashed stays down, and what was lost
/// comes no more, so the network is as the script says and the search is small.
class Script {
 public:
  using IsSo = std::function<bool(const search::Snapshot&)>;

  Script(std::size_t size, std::vector<search::GivenInput> inputs, Config config = {});

  const std::vector<NodeId>& servers() const { return servers_; }

  /// Goes on to where this is so, in no later term than this. A design that cannot come there fails
  /// the test.
  Script& until(const std::string& what, std::uint64_t last_term, const IsSo& is_so);

  /// Messages that are on the way are lost.
  Script& lose_all();
  Script& lose_all_but(NodeId from, NodeId to);
  Script& lose_between(NodeId one, NodeId other);

  /// It starts again only when it is let.
  Script& crash(NodeId id);
  Script& let_restart(NodeId id);

  /// The leader takes this proposal, and crashes when the entry is on its disk.
  Script& crash_with(NodeId leader, const std::string& command, std::uint64_t term);

  /// All that can happen from here on, up to this term.
  search::Model from_here(std::uint64_t last_term) const;

 private:
  void lose(const std::function<bool(const search::Step&)>& is_lost);

  Config config_;
  std::vector<NodeId> servers_;
  std::vector<search::GivenInput> inputs_;
  std::vector<search::Step> taken_;
  std::vector<search::Step> on_the_way_;  // messages, each as the step that loses it
  std::set<NodeId> down_;
  std::uint32_t crashes_ = 0;
  std::uint32_t losses_ = 0;
};

}  // namespace octet::raft
