#include <algorithm>
#include <iterator>
#include <set>

#include "runtime/erase/bytes.h"
#include "store_node.h"

/// Copies of a partition are compared, part by part of their trees, and what differs is exchanged
/// (§4.7). Each message answers the one before it, and no state is kept in between: when one is
/// lost, the next round begins at the root again.
namespace octet::store {
namespace {

// Of one message. What does not fit waits for the next round.
constexpr std::size_t most_keys = 4096;
constexpr std::size_t most_bytes = 1024 * 1024;

Pair back(const Pair& slots) {
  return {.to = slots.from, .from = slots.to};
}

/// Whole leaves, until it is enough.
CompareKeys some_of(const Pair& slots,
                    const std::map<std::uint32_t, std::map<std::string, Digest>>& leaves) {
  CompareKeys some{slots, {}, {}};
  for (const auto& [leaf, keys] : leaves) {
    some.leaves.insert(leaf);
    some.keys.insert(keys.begin(), keys.end());
    if (some.keys.size() >= most_keys) break;
  }
  return some;
}

}  // namespace

void StoreNode::on(const RepairDue&, Context& ctx) {
  ctx.set_timer(RepairDue{}, config_.repair);
  ++repairs_;
  offer_hints(ctx);
  for (const Slot slot : shelf_.served()) compare(slot, ctx);
}

/// With another copy each time.
void StoreNode::compare(Slot slot, Context& ctx) {
  const SlotMap& map = shelf_.map();
  if (map.copies == 1) return;
  const std::uint32_t copy = slots::number(slot) % map.copies;
  const auto step = static_cast<std::uint32_t>(1 + repairs_ % (map.copies - 1));
  const Slot other =
      slots::slot_of(map, slots::partition_of(map, slot), (copy + step) % map.copies);
  tell(slots::owner_of(map, other), CompareParts{{other, slot}, {trees_.at(slot).root()}}, ctx);
}

/// Goes one level down where digests differ.
void StoreNode::on(const CompareParts& theirs, NodeId node, Context& ctx) {
  const Slot slot = theirs.slots.to;
  if (!shelf_.serves(slot)) return;
  const HashTree& tree = trees_.at(slot);
  CompareParts below{back(theirs.slots), {}};
  std::set<std::uint32_t> leaves;
  for (const HashTree::Part& part : theirs.parts) {
    if (tree.part(part.level, part.place) == part) continue;
    if (part.is_leaf()) {
      leaves.insert(part.place);
    } else {
      std::ranges::copy(tree.children(part), std::back_inserter(below.parts));
    }
  }
  if (!below.parts.empty()) tell(node, below, ctx);
  if (!leaves.empty()) tell(node, some_of(back(theirs.slots), keys_in(slot, leaves)), ctx);
}

StoreNode::Leaves StoreNode::keys_in(Slot slot, const std::set<std::uint32_t>& leaves) const {
  Leaves keys;
  for (const std::uint32_t leaf : leaves) keys[leaf];
  for (const auto& [key, state] : shelf_.contents(slot)) {
    const auto leaf = keys.find(HashTree::leaf_of(key));
    if (leaf != keys.end()) leaf->second[key] = digest_of(key, state);
  }
  return keys;
}

/// Each side sends what the other lacks or has another version of, and both merge.
void StoreNode::on(const CompareKeys& theirs, NodeId node, Context& ctx) {
  const Slot slot = theirs.slots.to;
  if (!shelf_.serves(slot)) return;
  Exchange exchange{back(theirs.slots), {}, {}};
  std::map<std::string, Digest> wanted = theirs.keys;
  std::size_t bytes = 0;
  for (const auto& [leaf, keys] : keys_in(slot, theirs.leaves)) {
    for (const auto& [key, digest] : keys) {
      const auto same = theirs.keys.find(key);
      if (same != theirs.keys.end() && same->second == digest) {
        wanted.erase(key);
      } else if (bytes < most_bytes) {
        bytes += shelf_.contents(slot).at(key).size();
        exchange.copies[key] = copy_of(slot, key);
      }
    }
  }
  for (const auto& [key, digest] : wanted) exchange.wanted.push_back(key);
  if (!exchange.copies.empty() || !exchange.wanted.empty()) tell(node, exchange, ctx);
}

void StoreNode::on(const Exchange& theirs, NodeId node, Context& ctx) {
  const Slot slot = theirs.slots.to;
  if (!shelf_.serves(slot)) return;
  for (const auto& [key, copy] : theirs.copies) take_in(slot, key, copy, ctx);
  Exchange answer{back(theirs.slots), {}, {}};
  std::size_t bytes = 0;
  for (const std::string& key : theirs.wanted) {
    const auto& contents = shelf_.contents(slot);
    const auto place = contents.find(key);
    if (place == contents.end() || bytes >= most_bytes) continue;
    bytes += place->second.size();
    answer.copies[key] = copy_of(slot, key);
  }
  if (!answer.copies.empty()) tell(node, answer, ctx);
}

}  // namespace octet::store
