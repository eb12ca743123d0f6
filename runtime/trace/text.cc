#include "runtime/trace/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "runtime/erase/json.h"
#include "runtime/trace/history.h"

namespace octet::trace {
namespace {

/// In the order of Event::Kind.
constexpr std::array<std::string_view, 25> words = {
    "starts",
    "gets {name} from node {peer}",
    "its timer {name} fires",
    "is asked {name} by its application",
    "sends {name} to node {peer}",
    "sets the timer {name}",
    "cancels the timer {name}",
    "writes {name} to its disk",
    "its disk has {name}",
    "tells its application {name}",
    "calls node {peer}: {name}",
    "gets {outcome}",
    "its message to node {peer} is lost: {text}",
    "its message to node {peer} is under way twice",
    "gets {name} from node {peer} and drops it: it is no message",
    "crashes",
    "restarts",
    "is paused",
    "goes on after its pause",
    "is cut off from node {peer}: nothing gets there from here",
    "reaches node {peer} again",
    "its clock: {text}",
    "its disk: {text}",
    "fails: {text}",
    "note: {text}"};
static_assert(words.size() == static_cast<std::size_t>(Event::Kind::note) + 1);

std::string filled(std::string_view hole, const Event& event) {
  if (hole == "name") return event.name + event.json;
  if (hole == "outcome") return event.name + (event.json.empty() ? "" : ": " + event.json);
  if (hole == "peer") return std::to_string(event.peer.value);
  return event.text;
}

/// A line is a line, whatever the strings of a trace hold.
std::string on_one_line(std::string text) {
  std::ranges::replace_if(
      text, [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
  return text;
}

/// "1 client, "; empty when there is none.
std::string clients_text(const Trace& trace) {
  const std::size_t count = trace.clients.size();
  return count == 0 ? "" : fmt::format("{} client{}, ", count, count == 1 ? "" : "s");
}

/// What led to an event, and how long a client has waited: "  (by #12, 3.2ms after its call #3)".
std::string origin(const Trace& trace, std::uint64_t number) {
  const Event& event = trace.events[number - 1];
  std::string text;
  if (event.cause > 0) text = fmt::format("by #{}", event.cause);
  if (const std::uint64_t call = call_of(trace, number); call > 0) {
    text += fmt::format("{}{} after its call #{}", text.empty() ? "" : ", ",
                        erase::duration_text(event.at - trace.events[call - 1].at), call);
  }
  return text.empty() ? text : "  (" + text + ')';
}

}  // namespace

std::string_view words_of(Event::Kind kind) {
  return words[static_cast<std::size_t>(kind)];
}

std::string in_words(const Event& event) {
  std::string sentence;
  std::string_view rest = words_of(event.kind);
  while (true) {
    const std::size_t open = rest.find('{');
    sentence += rest.substr(0, open);
    if (open == std::string_view::npos) break;
    const std::size_t close = rest.find('}', open);
    const std::string_view hole = rest.substr(open + 1, close - open - 1);
    sentence += filled(hole, event);
    rest.remove_prefix(close + 1);
  }
  // Some faults say more than their kind does; the others have shown their text already.
  const bool is_shown = words_of(event.kind).find("{text}") != std::string_view::npos;
  if (!event.text.empty() && !is_shown) sentence += ": " + event.text;
  return on_one_line(sentence);
}

std::string place_of(const Event& event) {
  if (event.is_of_client()) return "client " + std::to_string(event.node.value);
  return event.node == NodeId() ? "network" : "node " + std::to_string(event.node.value);
}

std::string time_text(Duration at) {
  const auto microseconds = std::chrono::duration_cast<std::chrono::microseconds>(at).count();
  return fmt::format("{}.{:06} s", microseconds / 1'000'000, microseconds % 1'000'000);
}

void write_head(std::ostream& out, const Trace& trace) {
  out << (trace.title.empty() ? "a run" : on_one_line(trace.title)) << '\n';
  out << (trace.violation.empty() ? "no property was violated"
                                  : "VIOLATED: " + on_one_line(trace.violation))
      << '\n';
  if (!trace.witnesses.empty()) {
    out << "witnesses:";
    for (const std::uint64_t number : trace.witnesses) out << " #" << number;
    out << '\n';
  }
  for (const std::string& fault : trace.plan) out << "plan: " << on_one_line(fault) << '\n';
  out << fmt::format("world: {}, seed {}, {} nodes, {}{} events, {}\n", on_one_line(trace.world),
                     trace.seed, trace.nodes.size(), clients_text(trace), trace.events.size(),
                     time_text(trace.end));
  if (!trace.replay.empty()) out << "replay: " << on_one_line(trace.replay) << '\n';
  out << fmt::format("\n{:>7} {:>14}  {:<9} {}\n", "number", "time", "node", "what happened");
}

void write_line(std::ostream& out, const Trace& trace, std::uint64_t number) {
  const Event& event = trace.events[number - 1];
  const bool is_witness = std::ranges::count(trace.witnesses, number) > 0;
  out << fmt::format("{:>6}{} {:>14}  {:<9} {}", number, is_witness ? '*' : ' ',
                     time_text(event.at), place_of(event), in_words(event));
  out << origin(trace, number) << '\n';
}

void write_text(std::ostream& out, const Trace& trace) {
  write_head(out, trace);
  for (std::uint64_t number = 1; number <= trace.events.size(); ++number) {
    write_line(out, trace, number);
  }
}

}  // namespace octet::trace
