#include "graders/stage3-partitioning/links.h"

#include <map>
#include <memory>

namespace octet::store {

void let_pass(sim::World& world, NodeId from, const std::vector<NodeId>& to, std::size_t messages) {
  const auto left = std::make_shared<std::map<NodeId, std::size_t>>();
  for (const NodeId node : to) (*left)[node] = messages;
  world.drop([from, left](const sim::Envelope& message) {
    const auto place = left->find(message.to);
    if (message.from != from || place == left->end()) return false;
    if (place->second == 0) return true;
    --place->second;
    return false;
  });
}

}  // namespace octet::store
