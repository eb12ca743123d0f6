#include <algorithm>
#include <map>

#include "runtime/trace/trace.h"

namespace octet::trace {
namespace {

using Clock = std::vector<std::uint32_t>;

void learn(Clock& clock, const Clock& from) {
  for (std::size_t i = 0; i < clock.size(); ++i) clock[i] = std::max(clock[i], from[i]);
}

}  // namespace

std::vector<std::vector<std::uint32_t>> vector_clocks(const Trace& trace) {
  std::map<NodeId, std::size_t> column;
  for (const NodeId node : trace.nodes) column.emplace(node, column.size());
  std::vector<Clock> now(column.size(), Clock(column.size()));  // of each node
  std::map<std::uint64_t, Clock> sent;                          // with each message

  std::vector<Clock> clocks;
  for (const Event& event : trace.events) {
    const auto own = column.find(event.node);
    // A message dies on the network; no node learns of it.
    if (own == column.end() || event.kind == Event::Kind::lose) {
      clocks.emplace_back(column.size());
      continue;
    }
    Clock& clock = now[own->second];
    if (event.kind == Event::Kind::deliver || event.kind == Event::Kind::undecodable) {
      if (const auto message = sent.find(event.id); message != sent.end()) {
        learn(clock, message->second);
      }
    }
    ++clock[own->second];
    if (event.kind == Event::Kind::send) sent[event.id] = clock;
    clocks.push_back(clock);
  }
  return clocks;
}

}  // namespace octet::trace
