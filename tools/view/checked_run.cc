#include "tools/view/checked_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "graders/dsl/history/sequential.h"
#include "runtime/erase/json.h"

namespace octet::view {
namespace {

using grading::Operation;
using grading::Violation;
using Asked = Operation::Kind;
using trace::Event;

std::string arguments_of(const Operation& each) {
  if (each.kind == Asked::cas) {
    return fmt::format("{{\"expected\":{},\"value\":{}}}", erase::to_json(each.expected),
                       erase::to_json(each.argument));
  }
  const bool writes = each.kind == Asked::put || each.kind == Asked::append ||
                      each.kind == Asked::write || each.kind == Asked::enqueue;
  return writes ? erase::to_json(each.argument) : "";
}

std::string result_of(const Operation& each) {
  if (each.kind == Asked::get || each.kind == Asked::read) return erase::to_json(each.result);
  if (each.kind == Asked::dequeue) return each.succeeded ? erase::to_json(each.result) : "null";
  if (each.kind == Asked::cas || each.kind == Asked::acquire)
    return each.succeeded ? "true" : "false";
  return "";
}

/// By the place of each.
std::map<std::size_t, Event> events_of(const Violation& violation) {
  std::map<std::size_t, Event> events;
  std::uint64_t id = 0;
  for (const Operation& each : violation.operations) {
    const NodeId client = static_cast<std::uint32_t>(each.client);
    events[each.called] = {.kind = Event::Kind::call,
                           .node = client,
                           .id = ++id,
                           .name = std::string(grading::name_of(each.kind)),
                           .json = arguments_of(each)};
    if (!each.is_known()) continue;
    events[each.returned] = {.kind = Event::Kind::result,
                             .node = client,
                             .id = id,
                             .name = "ok",
                             .json = result_of(each)};
  }
  return events;
}

/// `number` gives the event of a place.
template <class Number>
Marks marks_of(const Violation& violation, const Number& number) {
  const Operation& last = violation.operations[violation.found.unexplained];
  const grading::Model model = grading::model_of(last.kind);
  grading::Contents contents = grading::contents_at_first(model);
  Marks marks;
  std::size_t place = 0;  // each takes effect as early as it can in this order
  for (const std::size_t i : violation.found.explanations.at(0).order) {
    const Operation& each = violation.operations[i];
    grading::take_effect(each, contents);
    place = std::max(place, each.called);
    marks.effects.push_back({.call = number(each.called),
                             .after = number(place),
                             .then = grading::contents_text(model, contents)});
  }
  marks.unexplained = number(last.called);
  marks.why = grading::why_not(last, contents);
  if (marks.why.empty()) marks.why = "nothing explains what it got";
  return marks;
}

}  // namespace

CheckedRun run_of_clients(const Violation& violation, const std::string& sentence) {
  CheckedRun run{.trace = {.title = "The smallest part that shows it",
                           .world = "history",
                           .violation = sentence},
                 .marks = {}};
  std::map<std::size_t, std::uint64_t> numbers;
  std::set<std::uint32_t> clients;
  for (auto [place, event] : events_of(violation)) {
    event.at = run.trace.end;
    run.trace.end += std::chrono::milliseconds(1);
    clients.insert(event.node.value);
    run.trace.events.push_back(std::move(event));
    numbers[place] = run.trace.events.size();
  }
  run.trace.clients.assign(clients.begin(), clients.end());
  run.marks = marks_of(violation, [&](std::size_t place) { return numbers.at(place); });
  run.trace.violation += ": " + run.marks.why;
  const Operation& last = violation.operations[violation.found.unexplained];
  run.trace.witnesses = {numbers.at(last.called), numbers.at(last.returned)};
  return run;
}

CheckedRun run_with_marks(trace::Trace run, const Violation& violation,
                          const std::string& sentence) {
  const Operation& last = violation.operations[violation.found.unexplained];
  Marks marks = marks_of(violation, [](std::size_t place) { return place; });
  run.violation = sentence + ": " + marks.why;
  run.witnesses = {last.called, last.returned};
  return {.trace = std::move(run), .marks = std::move(marks)};
}

}  // namespace octet::view
