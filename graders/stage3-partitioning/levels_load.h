#pragma once

#include <cstdint>

#include "graders/dsl/random.h"
#include "graders/stage3-partitioning/causal_sessions.h"

namespace octet::store {

/// Requests by chance, of all levels, each level with keys of its own; but weak reads are of strong
/// keys, too.
class LevelsLoad {
 public:
  LevelsLoad(sim::World& world, StoreCluster& store, CausalSessions& sessions);

  /// A request of each level every so often until then.
  void ask(Duration every, Duration until);

 private:
  void strong();
  void causal();
  void eventual();
  NodeId node() { return store_.nodes()[random_.below(store_.nodes().size())]; }
  std::string key(char level) { return {level, static_cast<char>('0' + random_.below(3))}; }
  std::string value() { return std::to_string(++values_); }

  sim::World& world_;
  StoreCluster& store_;
  CausalSessions& sessions_;
  grading::Random random_;
  std::uint64_t values_ = 0;
};

}  // namespace octet::store
