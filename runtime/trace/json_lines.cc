#include "runtime/trace/json_lines.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "runtime/erase/json.h"

namespace octet::trace {
namespace {

/// Shows fields in the order of the struct; nlohmann's other objects are ordered by name.
using json = nlohmann::ordered_json;

void append_text(std::string& line, std::string_view field, std::string_view text) {
  if (text.empty()) return;
  fmt::format_to(std::back_inserter(line), ",\"{}\":", field);
  erase::write_json_string(line, text);
}

void append_number(std::string& line, std::string_view field, std::uint64_t number) {
  if (number > 0) fmt::format_to(std::back_inserter(line), ",\"{}\":{}", field, number);
}

void append_json(std::string& line, std::string_view field, std::string_view value) {
  if (!value.empty()) fmt::format_to(std::back_inserter(line), ",\"{}\":{}", field, value);
}

std::vector<std::uint32_t> numbers_of(const std::vector<ClientId>& clients) {
  std::vector<std::uint32_t> numbers;
  for (const ClientId client : clients) numbers.push_back(client.value);
  return numbers;
}

std::string head_line(const Trace& trace) {
  std::string line = fmt::format("{{\"octet_trace\":{}", format_version);
  append_text(line, "title", trace.title);
  append_text(line, "world", trace.world);
  append_number(line, "seed", trace.seed);
  append_text(line, "violation", trace.violation);
  append_json(line, "witnesses", erase::to_json(trace.witnesses));
  append_json(line, "plan", erase::to_json(trace.plan));
  append_text(line, "replay", trace.replay);
  append_json(line, "nodes", erase::to_json(trace.nodes));
  if (!trace.clients.empty())
    append_json(line, "clients", erase::to_json(numbers_of(trace.clients)));
  fmt::format_to(std::back_inserter(line), ",\"end\":{}}}", trace.end.count());
  return line;
}

std::string event_line(const Event& event, std::size_t number) {
  std::string line = fmt::format("{{\"n\":{},\"at\":{},\"kind\":\"{}\"", number, event.at.count(),
                                 name_of(event.kind));
  append_number(line, "node", event.node.value);
  append_number(line, "peer", event.peer.value);
  append_number(line, "id", event.id);
  append_number(line, "cause", event.cause);
  append_text(line, "name", event.name);
  append_json(line, "content", event.json);
  append_json(line, "state", event.state);
  append_text(line, "text", event.text);
  return line + '}';
}

json parse(const std::string& line, std::size_t number) {
  try {
    return json::parse(line);
  } catch (const json::exception&) {
    throw Unreadable(fmt::format("line {} of the trace is no JSON; was the file cut off?", number));
  }
}

std::string compact(const json& value) {
  return value.dump();
}

NodeId node_of(const json& event, const char* field) {
  return event.value(field, std::uint32_t{0});
}

Event read_event(const json& fields) {
  Event event{.kind = kind_of(fields.at("kind").get<std::string>()),
              .at = Duration(fields.at("at").get<std::int64_t>()),
              .node = node_of(fields, "node"),
              .peer = node_of(fields, "peer"),
              .id = fields.value("id", std::uint64_t{0}),
              .cause = fields.value("cause", std::uint64_t{0}),
              .name = fields.value("name", ""),
              .text = fields.value("text", "")};
  if (fields.contains("content")) event.json = compact(fields["content"]);
  if (fields.contains("state")) event.state = compact(fields["state"]);
  return event;
}

Trace read_head(const json& head) {
  const int version = head.is_object() ? head.value("octet_trace", 0) : 0;
  if (version == 0) throw Unreadable("this is no trace: its first line has no \"octet_trace\"");
  if (version != format_version) {
    throw Unreadable(fmt::format("this trace has version {}; this program reads version {}",
                                 version, format_version));
  }
  Trace trace{.title = head.value("title", ""),
              .world = head.value("world", ""),
              .seed = head.value("seed", std::uint64_t{0}),
              .violation = head.value("violation", ""),
              .witnesses = head.value("witnesses", std::vector<std::uint64_t>()),
              .plan = head.value("plan", std::vector<std::string>()),
              .replay = head.value("replay", ""),
              .end = Duration(head.value("end", std::int64_t{0}))};
  for (const std::uint32_t id : head.value("nodes", std::vector<std::uint32_t>())) {
    trace.nodes.emplace_back(id);
  }
  for (const std::uint32_t id : head.value("clients", std::vector<std::uint32_t>())) {
    trace.clients.emplace_back(id);
  }
  return trace;
}

}  // namespace

void write_json_lines(std::ostream& out, const Trace& trace) {
  out << head_line(trace) << '\n';
  std::size_t number = 0;
  for (const Event& event : trace.events) out << event_line(event, ++number) << '\n';
  out << fmt::format("{{\"events\":{}}}\n", number);
}

Trace read_json_lines(std::istream& in) {
  std::string line;
  if (!std::getline(in, line)) throw Unreadable("the trace is empty");
  Trace trace;
  std::size_t number = 1;
  try {
    trace = read_head(parse(line, number));
    while (std::getline(in, line)) {
      const json fields = parse(line, ++number);
      if (!fields.contains("events")) {
        trace.events.push_back(read_event(fields));
      } else if (fields["events"] == trace.events.size()) {
        return trace;
      } else {
        throw Unreadable(fmt::format("the trace has {} events, not {} as its last line says",
                                     trace.events.size(), fields["events"].dump()));
      }
    }
  } catch (const json::exception& error) {
    throw Unreadable(fmt::format("line {} of the trace: {}", number, error.what()));
  }
  throw Unreadable(
      fmt::format("the trace ends after {} events, without its last line: it was cut off",
                  trace.events.size()));
}

}  // namespace octet::trace
