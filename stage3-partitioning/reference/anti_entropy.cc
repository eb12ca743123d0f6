#include <algorithm>
#include <iterator>
#include <set>

#include "store_node.h"

/// Copies of a partition are compared, part by part of their trees, and what differs is exchanged
/// (§4.7). Each message answers the one before it, and no state is kept in between: when one is
/// lost, the next round begins at the root again. What changes meanwhile may be sent in vain or
/// missed, until that next round; it cannot do harm, since copies are merged.
namespace octet::store {
namespace {

/// Of one message. What does not fit waits until what did is equal.
constexpr std::size_t most_parts = 4096;

using Digests = std::map<std::string, Digest>;

Pair back(const Pair& slots) {
  return {.to = slots.from, .from = slots.to};
}

/// The keys of the one that the other has not, or has with another digest.
std::vector<std::string> keys_apart(const Digests& one, const Digests& other) {
  std::vector<std::string> keys;
  for (const auto& [key, digest] : one) {
    const auto same = other.find(key);
    if (same == other.end() || same->second != digest) keys.push_back(key);
  }
  return keys;
}

}  // namespace

void StoreNode::on(const RepairDue&, Context& ctx) {
  ctx.set_timer(RepairDue{}, config_.repair / 2, config_.repair);
  ++repairs_;
  for (const Slot slot : hints_.slots()) offer_hints(slot, ctx);
  for (const Slot slot : shelf_.served()) compare(slot, ctx);
}

/// With another copy each time: some may be out of reach.
void StoreNode::compare(Slot slot, Context& ctx) {
  const SlotMap& map = shelf_.map();
  if (map.copies == 1) return;
  const std::uint32_t copy = slots::number(slot) % map.copies;
  const auto step = static_cast<std::uint32_t>(1 + repairs_ % (map.copies - 1));
  const Slot other =
      slots::slot_of(map, slots::partition_of(map, slot), (copy + step) % map.copies);
  compare({.to = other, .from = slot}, slots::owner_of(map, other), ctx);
}

void StoreNode::compare(const Pair& slots, NodeId with, Context& ctx) {
  tell(with, CompareParts{slots, {trees_.at(slots.from).root()}}, ctx);
}

/// Goes one level down where digests differ.
void StoreNode::on(const CompareParts& theirs, NodeId node, Context& ctx) {
  const Slot slot = theirs.slots.to;
  if (!shelf_.serves(slot)) return tell(node, NotServed{shelf_.map()}, ctx);
  const HashTree& tree = trees_.at(slot);
  CompareParts below{back(theirs.slots), {}};
  std::set<std::uint32_t> leaves;
  for (const HashTree::Part& part : theirs.parts) {
    if (!tree.differs(part)) continue;
    if (part.is_leaf()) {
      leaves.insert(part.place);
    } else if (below.parts.size() < most_parts) {
      std::ranges::copy(tree.children(part), std::back_inserter(below.parts));
    }
  }
  if (!below.parts.empty()) tell(node, below, ctx);
  if (!leaves.empty()) tell(node, keys_in(leaves, back(theirs.slots)), ctx);
}

/// All keys of a leaf, and of as many leaves as a message may have.
CompareKeys StoreNode::keys_in(const std::set<std::uint32_t>& leaves, const Pair& slots) const {
  std::map<std::uint32_t, Digests> found;
  for (const std::uint32_t leaf : leaves) found[leaf];
  for (const auto& [key, state] : shelf_.contents(slots.from)) {
    const auto leaf = found.find(HashTree::leaf_of(key));
    if (leaf != found.end()) leaf->second[key] = digest_of(key, state);
  }
  CompareKeys keys{slots, {}, {}};
  std::size_t bytes = 0;
  for (const auto& [leaf, digests] : found) {
    if (bytes >= most_bytes) break;
    keys.leaves.insert(leaf);
    keys.keys.insert(digests.begin(), digests.end());
    for (const auto& [key, digest] : digests) bytes += key.size() + sizeof(digest);
  }
  return keys;
}

/// Each side sends what the other lacks or knows otherwise, and both merge.
void StoreNode::on(const CompareKeys& theirs, NodeId node, Context& ctx) {
  const Slot slot = theirs.slots.to;
  if (!shelf_.serves(slot)) return;
  const Pair slots = back(theirs.slots);
  const CompareKeys ours = keys_in(theirs.leaves, slots);
  const Keys copies = some_copies(slot, keys_apart(ours.keys, theirs.keys));
  const std::vector<std::string> wanted = keys_apart(theirs.keys, ours.keys);
  if (!copies.empty() || !wanted.empty()) tell(node, Exchange{slots, copies, wanted}, ctx);
}

/// As many as a message may have.
StoreNode::Keys StoreNode::some_copies(Slot slot, const std::vector<std::string>& keys) const {
  Keys copies;
  std::size_t bytes = 0;
  const slots::Shelf::Contents& contents = shelf_.contents(slot);
  for (const std::string& key : keys) {
    const auto place = contents.find(key);
    if (place == contents.end()) continue;
    if (bytes >= most_bytes) break;
    bytes += key.size() + place->second.size();
    copies[key] = copy_of(slot, key);
  }
  return copies;
}

/// Who gets the last message of a comparison and has learnt something begins the next one at once:
/// not all may have fitted. That ends, since nobody learns for ever.
void StoreNode::on(const Exchange& theirs, NodeId node, Context& ctx) {
  const Slot slot = theirs.slots.to;
  if (!shelf_.serves(slot)) return;
  const HashTree::Part before = trees_.at(slot).root();
  for (const auto& [key, copy] : theirs.copies) take_in(slot, key, copy, ctx);
  const Pair slots = back(theirs.slots);
  if (!theirs.wanted.empty()) {
    tell(node, Exchange{slots, some_copies(slot, theirs.wanted), {}}, ctx);
  } else if (trees_.at(slot).differs(before)) {
    compare(slots, node, ctx);
  }
}

}  // namespace octet::store
