#include <algorithm>
#include <set>

#include "store_node.h"

/// Whom a coordinator asks.
namespace octet::store {

/// The owners of the slots that have not answered; of all slots when the answers are enough and may
/// not be shown, since by now those nodes may know more. And somebody in their place, when they
/// have been asked in vain and that is allowed. This node comes last: its own answer may be the one
/// that ends the request.
std::vector<StoreNode::Target> StoreNode::targets(const Pending& request, NodeId self) const {
  std::vector<Target> targets;
  const std::vector<NodeId> instead = stand_ins(request);
  const bool again = request.quorum.size() >= wanted(request);
  for (const Slot slot : slots_of(request.key)) {
    if (request.quorum.has(slot) && !again) continue;
    targets.push_back({slots::owner_of(shelf_.map(), slot), slot, false});
    if (instead.empty()) continue;
    // Another one with each attempt, and for each slot.
    targets.push_back(
        {instead[(slots::number(slot) + request.attempts) % instead.size()], slot, true});
  }
  std::ranges::stable_partition(targets, [&](const Target& target) { return target.node != self; });
  return targets;
}

std::vector<NodeId> StoreNode::stand_ins(const Pending& request) const {
  if (is_strict(request) || request.attempts == 0) return {};
  const SlotMap& map = shelf_.map();
  std::set<NodeId> others(map.owners.begin(), map.owners.end());
  for (const Slot slot : slots_of(request.key)) others.erase(slots::owner_of(map, slot));
  std::erase_if(others, [&](NodeId node) { return request.quorum.has(node); });
  return {others.begin(), others.end()};
}

}  // namespace octet::store
