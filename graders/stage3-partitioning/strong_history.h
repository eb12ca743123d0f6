#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <set>
#include <string>
#include <vector>

#include "graders/dsl/history/history.h"
#include "graders/stage3-partitioning/store_cluster.h"

namespace octet::store {

/// All strong requests of a run, and how they ended. After each end that history has to be
/// linearizable, or the run ends there, for each key that strong requests alone have written (CL1).
class StrongHistory {
 public:
  StrongHistory(sim::World& world, const StoreCluster& store);
  StrongHistory(const StrongHistory&) = delete;
  StrongHistory& operator=(const StrongHistory&) = delete;

 private:
  struct Called {
    std::size_t request;
    std::string key;
    grading::Operation operation;
    bool counts = true;
  };

  std::string problem();
  void see_calls();
  std::string end(Called& called);
  grading::History of_key(const std::string& key) const;
  std::string problem_of(const std::string& key) const;
  std::string_view keep(std::string text) { return texts_.emplace_back(std::move(text)); }

  const StoreCluster& store_;
  std::size_t ended_ = 0;  // requests, when it was looked at them last
  std::size_t seen_ = 0;   // likewise, that had begun
  std::set<std::string> weakly_written_;
  std::vector<Called> calls_;
  std::vector<std::size_t> under_way_;  // of them
  std::deque<std::string> texts_;       // what operations refer to
  std::size_t last_place_ = 0;
};

}  // namespace octet::store
