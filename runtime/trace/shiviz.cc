#include "runtime/trace/shiviz.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/trace/text.h"

namespace octet::trace {
namespace {

/// Zeros are left out, as ShiViz likes it.
std::string clock_text(const Trace& trace, const std::vector<std::uint32_t>& clock) {
  std::string text = "{";
  for (std::size_t i = 0; i < clock.size(); ++i) {
    if (clock[i] == 0) continue;
    text +=
        fmt::format("{}\"node{}\":{}", text.size() > 1 ? "," : "", trace.nodes[i].value, clock[i]);
  }
  return text + '}';
}

}  // namespace

void write_shiviz(std::ostream& out, const Trace& trace) {
  out << shiviz_parser << "\n\n";
  const auto clocks = vector_clocks(trace);
  for (std::size_t i = 0; i < clocks.size(); ++i) {
    if (std::ranges::all_of(clocks[i], [](std::uint32_t count) { return count == 0; })) continue;
    const Event& event = trace.events[i];
    out << fmt::format("node{} {}\n#{} {} {}\n", event.node.value, clock_text(trace, clocks[i]),
                       i + 1, time_text(event.at), in_words(event));
  }
}

}  // namespace octet::trace
