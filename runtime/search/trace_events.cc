#include "runtime/search/trace_events.h"

#include <string>
#include <utility>

#include "runtime/search/handler.h"

namespace octet::search {
namespace {

using EventKind = trace::Event::Kind;

EventKind kind_of(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::deliver:
      return EventKind::deliver;
    case Step::Kind::fire:
      return EventKind::fire;
    case Step::Kind::input:
      return EventKind::input;
    case Step::Kind::crash:
      return EventKind::crash;
    case Step::Kind::lose:
      return EventKind::lose;
    case Step::Kind::start:
    case Step::Kind::restart:
      return EventKind::start;
  }
  return EventKind::note;
}

EventKind kind_of(AnyEffect::Kind kind) {
  switch (kind) {
    case AnyEffect::Kind::send:
      return EventKind::send;
    case AnyEffect::Kind::set_timer:
      return EventKind::set_timer;
    case AnyEffect::Kind::cancel_timer:
      return EventKind::cancel_timer;
    case AnyEffect::Kind::persist:
    case AnyEffect::Kind::compact:
      return EventKind::persist;
    case AnyEffect::Kind::emit:
      return EventKind::emit;
  }
  return EventKind::note;
}

List list_of(EventKind kind) {
  switch (kind) {
    case EventKind::fire:
    case EventKind::set_timer:
    case EventKind::cancel_timer:
      return List::timer;
    case EventKind::input:
      return List::input;
    case EventKind::persist:
      return List::record;
    case EventKind::emit:
      return List::output;
    default:
      return List::message;
  }
}

void name(trace::Event& event, const Bytes& bytes, const AnyNode* node) {
  Shown shown = show(node, list_of(event.kind), bytes);
  event.name = std::move(shown.name);
  event.json = std::move(shown.json);
}

std::string choices_of(const Step& step) {
  std::string text;
  for (const std::uint64_t choice : step.choices) {
    text += (text.empty() ? "chooses " : ", ") + std::to_string(choice);
  }
  return text;
}

}  // namespace

trace::Event event_of(const Step& step, const AnyNode* node) {
  trace::Event event{.kind = kind_of(step.kind), .node = step.node, .text = choices_of(step)};
  if (step.kind == Step::Kind::lose) {
    // What the message was stands where it was sent.
    event.node = step.from;
    event.peer = step.node;
    event.text = "the network loses it";
    return event;
  }
  if (step.kind == Step::Kind::deliver) event.peer = step.from;
  const bool has_content = event.kind != EventKind::start && event.kind != EventKind::crash;
  if (has_content) name(event, step.bytes, node);
  return event;
}

trace::Event event_of(const AnyEffect& effect, NodeId id, const AnyNode* node) {
  trace::Event event{.kind = kind_of(effect.kind), .node = id};
  if (effect.kind == AnyEffect::Kind::compact) {
    event.name = "compact";
    event.text = "to " + std::to_string(effect.records.size()) + " records";
    return event;
  }
  if (effect.kind == AnyEffect::Kind::send) event.peer = effect.to;
  name(event, effect.bytes, node);
  return event;
}

}  // namespace octet::search
