#include <algorithm>
#include <map>

#include "runtime/trace/trace.h"

namespace octet::trace {
namespace {

using Clock = std::vector<std::uint32_t>;

void learn(Clock& clock, const Clock& from) {
  for (std::size_t i = 0; i < clock.size(); ++i) clock[i] = std::max(clock[i], from[i]);
}

/// Nodes and clients that the trace names, each with its column.
class Lanes {
 public:
  explicit Lanes(const Trace& trace) {
    for (const NodeId node : trace.nodes) columns_.emplace(std::pair(false, node.value), size());
    for (const ClientId client : trace.clients) {
      columns_.emplace(std::pair(true, client.value), size());
    }
  }

  std::size_t size() const { return columns_.size(); }

  /// size() when there is none.
  std::size_t column_of(const Event& event) const {
    const auto found = columns_.find({event.is_of_client(), event.node.value});
    return found == columns_.end() ? size() : found->second;
  }

 private:
  std::map<std::pair<bool, std::uint32_t>, std::size_t> columns_;
};

}  // namespace

std::vector<std::vector<std::uint32_t>> vector_clocks(const Trace& trace) {
  const Lanes lanes(trace);
  std::vector<Clock> now(lanes.size(), Clock(lanes.size()));  // of each lane
  std::map<std::uint64_t, Clock> sent;                        // with each message

  std::vector<Clock> clocks;
  for (const Event& event : trace.events) {
    const std::size_t own = lanes.column_of(event);
    // A message dies on the network; no node learns of it.
    if (own == lanes.size() || event.kind == Event::Kind::lose) {
      clocks.emplace_back(lanes.size());
      continue;
    }
    Clock& clock = now[own];
    if (event.kind == Event::Kind::deliver || event.kind == Event::Kind::undecodable) {
      if (const auto message = sent.find(event.id); message != sent.end()) {
        learn(clock, message->second);
      }
    }
    if (event.cause > 0 && event.cause <= clocks.size()) learn(clock, clocks[event.cause - 1]);
    ++clock[own];
    if (event.kind == Event::Kind::send) sent[event.id] = clock;
    clocks.push_back(clock);
  }
  return clocks;
}

}  // namespace octet::trace
