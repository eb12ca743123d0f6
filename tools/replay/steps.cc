#include "tools/replay/steps.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <string>

#include "runtime/trace/text.h"
#include "tools/project/errors.h"

namespace octet::replay {
namespace {

using Json = nlohmann::ordered_json;
constexpr std::string_view margin = "                                   ";

/// "/log/2" as "log.2".
std::string path_text(std::string path) {
  if (!path.empty()) path.erase(0, 1);
  std::ranges::replace(path, '/', '.');
  return path;
}

/// A line for each field that differs: "copied: 4, now 5".
std::vector<std::string> differences(const Json& before, const Json& after) {
  std::vector<std::string> lines;
  for (const auto& change : Json::diff(before, after)) {
    const std::string path = change["path"];
    const std::string name = path_text(path);
    const auto old = [&] { return before.at(Json::json_pointer(path)).dump(); };
    if (path.ends_with("/-")) {
      lines.push_back(
          fmt::format("{} gets {}", name.substr(0, name.size() - 2), change["value"].dump()));
    } else if (change["op"] == "add") {
      lines.push_back(fmt::format("{}: {}", name, change["value"].dump()));
    } else if (change["op"] == "remove") {
      lines.push_back(fmt::format("{}: {}, gone", name, old()));
    } else {
      lines.push_back(fmt::format("{}: {}, now {}", name, old(), change["value"].dump()));
    }
  }
  return lines;
}

/// What every node knows, as far as it was told.
class States {
 public:
  /// Tells what the event has changed.
  std::vector<std::string> take(const trace::Event& event) {
    if (event.kind == trace::Event::Kind::crash) states_.erase(event.node);
    if (event.state.empty()) return {};
    Json now = Json::parse(event.state);
    Json& state = states_.try_emplace(event.node, Json::object()).first->second;
    std::vector<std::string> lines = differences(state, now);
    state = std::move(now);
    return lines;
  }

  void write(std::ostream& out, const std::vector<NodeId>& nodes) const {
    for (const NodeId node : nodes) {
      const auto state = states_.find(node);
      out << fmt::format("node {}: {}\n", node.value,
                         state == states_.end() ? "is down" : state->second.dump());
    }
  }

 private:
  std::map<NodeId, Json> states_;
};

std::string list_of(const std::vector<NodeId>& nodes) {
  std::string text;
  for (const NodeId node : nodes) {
    text += (text.empty() ? "" : ", ") + std::to_string(node.value);
  }
  return text;
}

}  // namespace

void check(const trace::Trace& trace, const Selection& selection) {
  if (selection.until && (*selection.until == 0 || *selection.until > trace.events.size())) {
    throw lab::UsageError(fmt::format("there is no event {}: this run has the events 1 to {}",
                                      *selection.until, trace.events.size()));
  }
  if (selection.node && std::ranges::count(trace.nodes, NodeId(*selection.node)) == 0) {
    throw lab::UsageError(fmt::format("there is no node {}: this run has the nodes {}",
                                      *selection.node, list_of(trace.nodes)));
  }
}

void write_steps(std::ostream& out, const trace::Trace& trace, const Selection& selection) {
  trace::write_head(out, trace);
  States states;
  const std::uint64_t end = selection.until.value_or(trace.events.size());
  for (std::uint64_t number = 1; number <= end; ++number) {
    const trace::Event& event = trace.events[number - 1];
    const std::vector<std::string> changes = states.take(event);
    const bool is_of_node =
        selection.node && !event.is_of_client() && event.node == NodeId(*selection.node);
    if (selection.node && !is_of_node) continue;
    trace::write_line(out, trace, number);
    for (const std::string& change : changes) out << margin << change << '\n';
  }
  if (!selection.until) return;
  out << fmt::format("\nafter event {}:\n", end);
  states.write(out, trace.nodes);
}

}  // namespace octet::replay
