#include "runtime/search/retelling.h"

#include <algorithm>
#include <span>
#include <string>
#include <utility>

#include "runtime/check.h"
#include "runtime/search/branches.h"
#include "runtime/search/effects.h"
#include "runtime/search/trace_events.h"
#include "runtime/search/violation.h"
#include "runtime/trace/text.h"

namespace octet::search {
namespace {

/// Empty when it throws: if anybody looked at it, the result says so.
std::string view_of(const AnyNode& node) {
  try {
    return node.view_json();
  } catch (...) {
    return "";
  }
}

}  // namespace

Retelling::Retelling(const Model& model) : catalogue_(model) {
  for (Id place = 0; place < model.nodes.size(); ++place) {
    hosts_.emplace_back().place = place;
    showing_.push_back(fresh_node(catalogue_, model.nodes[place]));
  }
}

void Retelling::take(const Step& step) {
  OCTET_CHECK(catalogue_.place_of(step.node) != none, "the steps are of this model");
  ++steps_;
  if (step.kind != Step::Kind::lose && step.kind != Step::Kind::crash) return handle(step);
  trace::Event event = event_of(step, nullptr);
  if (step.kind == Step::Kind::lose) {
    event.id = in_flight_.take(message_of(step));
  } else {
    host(step.node).crash();
  }
  record_fault(std::move(event));
  last_step_ = faults_.back();
}

void Retelling::show_disks() {
  const auto is_empty = [](const Host& host) { return host.records.empty(); };
  if (std::all_of(hosts_.begin(), hosts_.end(), is_empty)) return;
  ++steps_;  // below the last step
  for (const Host& host : hosts_) {
    const NodeId id = catalogue_.model.nodes[host.place];
    std::string text = host.records.empty() ? "its disk is empty" : "its disk has";
    for (const Id record : host.records) {
      text += " " + shown(node(id), List::record, catalogue_.bytes[record]);
    }
    record({.kind = Kind::note, .node = id, .text = std::move(text)});
  }
}

/// The number of the event of the handler.
std::uint64_t Retelling::begin(const Step& step) {
  trace::Event event = event_of(step, node(step.node));
  event.id = arriving(step);
  if (step.comes_again) {
    record_fault({.kind = Kind::duplicate, .node = step.from, .peer = step.node, .id = event.id});
  }
  if (step.kind == Step::Kind::restart) record({.kind = Kind::restart, .node = step.node});
  return last_step_ = record(std::move(event));
}

void Retelling::handle(const Step& step) {
  const std::uint64_t handler = begin(step);
  Host& host = this->host(step.node);
  Branches branches(step.node, step.choices);
  Run run = run_handler(catalogue_, host, happening(step), branches);
  if (!run.failure.empty()) {
    last_step_ =
        record({.kind = Kind::fail, .node = step.node, .cause = handler, .text = run.failure});
    return;
  }
  if (!run.is_understood) events_[handler - 1].kind = Kind::undecodable;
  host = consumed(host, happening(step));
  const std::size_t performed = step.crash_after.value_or(run.effects.size());
  for (std::size_t i = 0; i < performed; ++i) perform(run.effects[i], step.node, handler);
  if (step.crash_after) crash(step, run);
  keep(run, host, handler);
}

void Retelling::perform(const AnyEffect& effect, NodeId id, std::uint64_t cause) {
  std::vector<Id> sent;
  const std::size_t timers = host(id).timers.size();
  search::perform(std::span(&effect, 1), host(id), sent, catalogue_);
  trace::Event event = event_of(effect, id, node(id));
  // Nothing happens when it was not set.
  if (event.kind == Kind::cancel_timer && host(id).timers.size() == timers) return;
  event.cause = cause;
  if (event.kind == Kind::send) return send(std::move(event), sent.empty() ? none : sent.front());
  const bool is_write = event.kind == Kind::persist;
  record(event);
  if (!is_write) return;
  event.kind = Kind::durable;
  event.cause = 0;  // the disk did it
  record(std::move(event));
}

/// As the search does: what is for nobody, and one copy too many, are lost as they are sent.
void Retelling::send(trace::Event event, Id message) {
  const std::uint64_t most = catalogue_.model.max_copies;
  const bool is_one_too_many = message != none && in_flight_.count(message) >= most;
  const bool is_lost = message == none || is_one_too_many;
  event.id = is_lost ? in_flight_.skip() : in_flight_.add(message);
  const trace::Event loss{
      .kind = Kind::lose,
      .node = event.node,
      .peer = event.peer,
      .id = event.id,
      .cause = event.cause,
      .text = is_one_too_many ? "the model has no more copies in flight" : "no such node"};
  record(std::move(event));
  if (is_lost) record(loss);
}

void Retelling::keep(Run& run, Host& host, std::uint64_t handler) {
  events_[handler - 1].state = view_of(*run.node);
  if (!host.is_up()) return;
  try {
    host.state = catalogue_.states.id_of(host.place, std::move(run.node));
  } catch (const Violation&) {
    return;  // the result says why it cannot be kept, and this was the last step
  }
}

void Retelling::crash(const Step& step, const Run& run) {
  const std::size_t next = *step.crash_after;
  std::string text;
  if (next < run.effects.size()) {
    const trace::Event undone = event_of(run.effects[next], step.node, node(step.node));
    text = "before it " + trace::in_words(undone);
  }
  host(step.node).crash();
  record_fault({.kind = Kind::crash, .node = step.node, .text = std::move(text)});
}

/// The number of the message that the step delivers, if it does.
std::uint64_t Retelling::arriving(const Step& step) {
  if (step.kind != Step::Kind::deliver) return 0;
  const Id message = message_of(step);
  return step.comes_again ? in_flight_.next(message) : in_flight_.take(message);
}

Event Retelling::happening(const Step& step) {
  if (step.kind == Step::Kind::deliver) return {.kind = step.kind, .subject = message_of(step)};
  if (step.kind == Step::Kind::start || step.kind == Step::Kind::restart) {
    return {.kind = step.kind};
  }
  return {.kind = step.kind,
          .subject = catalogue_.bytes.id_of(step.bytes),
          .is_answer = step.is_answer};
}

Id Retelling::message_of(const Step& step) {
  return catalogue_.messages.id_of({.sender = catalogue_.place_of(step.from),
                                    .receiver = catalogue_.place_of(step.node),
                                    .bytes = catalogue_.bytes.id_of(step.bytes)});
}

std::uint64_t Retelling::record(trace::Event event) {
  event.at = now();
  events_.push_back(std::move(event));
  return events_.size();
}

}  // namespace octet::search
