#pragma once

#include <memory>

#include "runtime/erase/any_node.h"

namespace octet {

/// A node that keeps its word over crashes and bad links, whatever node is inside. The inner node
/// lives as if it never crashed and its links were perfect: each of its messages arrives once, in
/// order, as soon as both ends are up and connected.
///
/// It can do so because a node is a function of its state and what it is told. What happens is
/// written to the disk before anything that follows from it leaves (Schneider 1990: a replicated
/// state machine; here its replica is the same node after a crash). A restart tells the inner node
/// all of it again, with the same clocks and choices, and it is what it was. Messages are numbered
/// on each link, sent until they are acknowledged, and taken once.
///
/// What its application was told before a crash, it is told again after it. Records of the inner
/// node are not needed, and not kept. The price: the disk keeps all that ever happened, and a
/// restart takes as long as that.
std::unique_ptr<AnyNode> make_durable(std::unique_ptr<AnyNode> inner);

}  // namespace octet
