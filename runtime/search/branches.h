#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "runtime/node.h"

namespace octet::search {

/// The environment of a handler that runs once for each way in which choose() may answer. Time
/// stands still.
class Branches : public Environment {
 public:
  explicit Branches(NodeId id) : id_(id) {}

  /// The first run answers like this, as far as it goes.
  Branches(NodeId id, std::span<const std::uint64_t> choices);

  NodeId id() const override { return id_; }
  Time now() const override { return {}; }
  WallTime wall_clock() const override { return {}; }

  /// Throws when there is nothing to choose from, and for a handler that never stops choosing.
  std::uint64_t choose(std::uint64_t options) override;

  /// After a run: what choose() returned, in order.
  std::vector<std::uint64_t> taken() const;

  /// Prepares the run after this one; false when there is none.
  bool next();

 private:
  struct Choice {
    std::uint64_t taken;
    std::uint64_t options;
  };

  NodeId id_;
  std::vector<Choice> choices_;
  std::size_t asked_ = 0;
};

}  // namespace octet::search
