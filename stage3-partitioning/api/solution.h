#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/erase/any_node.h"
#include "stage3-partitioning/api/followers.h"
#include "stage3-partitioning/api/leaders.h"
#include "stage3-partitioning/api/placement.h"
#include "stage3-partitioning/api/shards.h"
#include "stage3-partitioning/api/slots.h"
#include "stage3-partitioning/api/store.h"

// The seam between this stage's graders and a solution: everything that a grader may call. The
// files in api/seam/ connect it to the classes that a student writes, so a grader is compiled once
// and linked with any solution.

namespace octet::placement {

/// A ModuloPlacement, a HashRing or a Rendezvous.
class AnyPlacement {
 public:
  virtual ~AnyPlacement() = default;
  virtual void add(const Member& member) = 0;
  virtual void remove(NodeId id) = 0;
  virtual std::optional<NodeId> owner(std::string_view key) const = 0;
  virtual std::vector<NodeId> preference_list(std::string_view key, std::size_t nodes) const = 0;
};
std::unique_ptr<AnyPlacement> make_modulo(Hash hash);
std::unique_ptr<AnyPlacement> make_hash_ring(Hash hash, std::uint32_t tokens);
std::unique_ptr<AnyPlacement> make_rendezvous(Hash hash);

/// The jump_bucket() of jump_hash.h.
std::uint32_t jump_bucket(std::uint64_t hash, std::uint32_t buckets);

/// A JumpPlacement.
class AnyJumpPlacement {
 public:
  virtual ~AnyJumpPlacement() = default;
  virtual void add(NodeId id) = 0;
  virtual bool remove(NodeId id) = 0;
  virtual std::optional<NodeId> owner(std::string_view key) const = 0;
};
std::unique_ptr<AnyJumpPlacement> make_jump(Hash hash);

/// A RangeMap.
class AnyRangeMap {
 public:
  virtual ~AnyRangeMap() = default;
  virtual Range range_of(std::string_view key) const = 0;
  virtual std::vector<Range> ranges() const = 0;
  virtual bool split(std::string_view at, NodeId upper_owner) = 0;
  virtual bool merge(std::string_view at) = 0;
  virtual bool move(std::string_view begin, NodeId to) = 0;
};
std::unique_ptr<AnyRangeMap> make_range_map(NodeId first_owner);

}  // namespace octet::placement

namespace octet::slots {
/// The plan() of plan.h.
SlotMap plan(const SlotMap& now, const std::vector<NodeId>& members);
}  // namespace octet::slots

namespace octet::shards {
/// Its inputs are an Input, its outputs an Output, its view is a View. So with the others.
std::unique_ptr<AnyNode> make_shard_server(const Config& config);
}  // namespace octet::shards

namespace octet::followers {
std::unique_ptr<AnyNode> make_replica(const Config& config);
}

namespace octet::leaders {
std::unique_ptr<AnyNode> make_leader(const Config& config);
}

namespace octet::store {
std::unique_ptr<AnyNode> make_store_node(const Config& config);
}
