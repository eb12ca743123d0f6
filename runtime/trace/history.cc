#include "runtime/trace/history.h"

#include <fmt/format.h>

#include <iterator>
#include <map>

#include "runtime/erase/json.h"

namespace octet::trace {
namespace {

std::string first_line(const Trace& trace) {
  std::vector<std::uint32_t> clients;
  for (const ClientId client : trace.clients) clients.push_back(client.value);
  return fmt::format("{{\"octet_history\":{},\"title\":{},\"seed\":{},\"clients\":{},\"end\":{}}}",
                     history_version, erase::to_json(trace.title), trace.seed,
                     erase::to_json(clients), trace.end.count());
}

std::string operation_line(const Trace& trace, const Operation& operation) {
  const Event& call = trace.events[operation.call - 1];
  const Event* const result = operation.result > 0 ? &trace.events[operation.result - 1] : nullptr;
  std::string line = fmt::format("{{\"client\":{},\"call\":{}", call.node.value, call.at.count());
  const auto out = std::back_inserter(line);
  if (result != nullptr) fmt::format_to(out, ",\"return\":{}", result->at.count());
  fmt::format_to(out, ",\"op\":{},\"arguments\":{}", erase::to_json(call.name),
                 call.json.empty() ? "{}" : call.json);
  const Outcome outcome = result != nullptr ? outcome_of(result->name) : Outcome::unknown;
  fmt::format_to(out, ",\"outcome\":\"{}\"", name_of(outcome));
  if (result != nullptr && !result->json.empty()) {
    fmt::format_to(out, ",\"result\":{}", result->json);
  }
  fmt::format_to(out, ",\"events\":[{}", operation.call);
  if (result != nullptr) fmt::format_to(out, ",{}", operation.result);
  return line + "]}";
}

}  // namespace

std::vector<Operation> operations(const Trace& trace) {
  std::vector<Operation> all;
  std::map<std::uint64_t, std::size_t> open;  // places of those that have not ended
  for (std::uint64_t number = 1; number <= trace.events.size(); ++number) {
    const Event& event = trace.events[number - 1];
    if (event.kind == Event::Kind::call) {
      open[event.id] = all.size();
      all.push_back({.call = number});
    } else if (event.kind == Event::Kind::result && open.contains(event.id)) {
      all[open.extract(event.id).mapped()].result = number;
    }
  }
  return all;
}

std::uint64_t call_of(const Trace& trace, std::uint64_t number) {
  const Event& result = trace.events[number - 1];
  if (result.kind != Event::Kind::result) return 0;
  for (--number; number > 0; --number) {
    const Event& event = trace.events[number - 1];
    if (!event.is_of_client() || event.id != result.id) continue;
    return event.kind == Event::Kind::call ? number : 0;
  }
  return 0;
}

void write_history(std::ostream& out, const Trace& trace) {
  out << first_line(trace) << '\n';
  const std::vector<Operation> all = operations(trace);
  for (const Operation& operation : all) out << operation_line(trace, operation) << '\n';
  out << fmt::format("{{\"operations\":{}}}\n", all.size());
}

}  // namespace octet::trace
