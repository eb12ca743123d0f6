#include <utility>

#include "hash_ring.h"
#include "jump_hash.h"
#include "modulo.h"
#include "range_map.h"
#include "rendezvous.h"
#include "stage3-partitioning/api/solution.h"

namespace octet::placement {
namespace {

template <class Placement>
class Erased final : public AnyPlacement {
 public:
  explicit Erased(Placement placement) : placement_(std::move(placement)) {}
  void add(const Member& member) override { placement_.add(member); }
  void remove(NodeId id) override { placement_.remove(id); }
  std::optional<NodeId> owner(std::string_view key) const override { return placement_.owner(key); }
  std::vector<NodeId> preference_list(std::string_view key, std::size_t nodes) const override {
    return placement_.preference_list(key, nodes);
  }

 private:
  Placement placement_;
};

class ErasedJump final : public AnyJumpPlacement {
 public:
  explicit ErasedJump(Hash hash) : placement_(hash) {}
  void add(NodeId id) override { placement_.add(id); }
  bool remove(NodeId id) override { return placement_.remove(id); }
  std::optional<NodeId> owner(std::string_view key) const override { return placement_.owner(key); }

 private:
  JumpPlacement placement_;
};

class ErasedRangeMap final : public AnyRangeMap {
 public:
  explicit ErasedRangeMap(NodeId first_owner) : map_(first_owner) {}
  Range range_of(std::string_view key) const override { return map_.range_of(key); }
  std::vector<Range> ranges() const override { return map_.ranges(); }
  bool split(std::string_view at, NodeId upper_owner) override {
    return map_.split(at, upper_owner);
  }
  bool merge(std::string_view at) override { return map_.merge(at); }
  bool move(std::string_view begin, NodeId to) override { return map_.move(begin, to); }

 private:
  RangeMap map_;
};

template <class Placement>
std::unique_ptr<AnyPlacement> erased(Placement placement) {
  return std::make_unique<Erased<Placement>>(std::move(placement));
}

}  // namespace

std::unique_ptr<AnyPlacement> make_modulo(Hash hash) {
  return erased(ModuloPlacement(hash));
}

std::unique_ptr<AnyPlacement> make_hash_ring(Hash hash, std::uint32_t tokens) {
  return erased(HashRing(hash, tokens));
}

std::unique_ptr<AnyPlacement> make_rendezvous(Hash hash) {
  return erased(Rendezvous(hash));
}

std::unique_ptr<AnyJumpPlacement> make_jump(Hash hash) {
  return std::make_unique<ErasedJump>(hash);
}

std::unique_ptr<AnyRangeMap> make_range_map(NodeId first_owner) {
  return std::make_unique<ErasedRangeMap>(first_owner);
}

}  // namespace octet::placement
