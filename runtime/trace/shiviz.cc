#include "runtime/trace/shiviz.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/trace/text.h"

namespace octet::trace {
namespace {

/// "node2" or "client1", in the order of a clock.
std::vector<std::string> hosts_of(const Trace& trace) {
  std::vector<std::string> hosts;
  for (const NodeId node : trace.nodes) hosts.push_back(fmt::format("node{}", node.value));
  for (const ClientId client : trace.clients) {
    hosts.push_back(fmt::format("client{}", client.value));
  }
  return hosts;
}

/// Zeros are left out, as ShiViz likes it.
std::string clock_text(const std::vector<std::string>& hosts,
                       const std::vector<std::uint32_t>& clock) {
  std::string text = "{";
  for (std::size_t i = 0; i < clock.size(); ++i) {
    if (clock[i] == 0) continue;
    text += fmt::format("{}\"{}\":{}", text.size() > 1 ? "," : "", hosts[i], clock[i]);
  }
  return text + '}';
}

}  // namespace

void write_shiviz(std::ostream& out, const Trace& trace) {
  out << shiviz_parser << "\n\n";
  const auto hosts = hosts_of(trace);
  const auto clocks = vector_clocks(trace);
  for (std::size_t i = 0; i < clocks.size(); ++i) {
    if (std::ranges::all_of(clocks[i], [](std::uint32_t count) { return count == 0; })) continue;
    const Event& event = trace.events[i];
    out << fmt::format("{}{} {}\n#{} {} {}\n", event.is_of_client() ? "client" : "node",
                       event.node.value, clock_text(hosts, clocks[i]), i + 1, time_text(event.at),
                       in_words(event));
  }
}

}  // namespace octet::trace
