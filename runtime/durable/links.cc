#include "runtime/durable/links.h"

#include <algorithm>

namespace octet::durable {

Packet Links::send(NodeId to, const Bytes& content) {
  End& end = ends_[to];
  end.waiting.push_back(content);
  return {.number = ++end.sent, .received = end.received, .content = content};
}

bool Links::is_next(NodeId from, const Packet& packet) const {
  const auto end = ends_.find(from);
  return packet.number == 1 + (end == ends_.end() ? 0 : end->second.received);
}

void Links::receive(NodeId from, const Packet& packet) {
  const bool is_new = is_next(from, packet);
  End& end = ends_[from];
  if (is_new) ++end.received;
  while (!end.waiting.empty() && end.sent - end.waiting.size() < packet.received) {
    end.waiting.pop_front();
  }
}

Packet Links::acknowledgement(NodeId to) const {
  const auto end = ends_.find(to);
  return {.received = end == ends_.end() ? 0 : end->second.received};
}

std::vector<Links::Unsent> Links::unacknowledged(std::size_t most) const {
  std::vector<Unsent> all;
  for (const auto& [to, end] : ends_) {
    const std::uint64_t before = end.sent - end.waiting.size();
    for (std::size_t i = 0; i < std::min(most, end.waiting.size()); ++i) {
      all.push_back(
          {to, {.number = before + i + 1, .received = end.received, .content = end.waiting[i]}});
    }
  }
  return all;
}

bool Links::is_all_acknowledged() const {
  return std::ranges::all_of(ends_, [](const auto& each) { return each.second.waiting.empty(); });
}

}  // namespace octet::durable
