#include "runtime/search/trace_events.h"

#include <string>
#include <utility>

#include "runtime/search/handler.h"

namespace octet::search {
namespace {

using Kind = trace::Event::Kind;

Kind kind_of(Step::Kind kind) {
  switch (kind) {
    case Step::Kind::deliver:
      return Kind::deliver;
    case Step::Kind::fire:
      return Kind::fire;
    case Step::Kind::input:
      return Kind::input;
    case Step::Kind::crash:
      return Kind::crash;
    case Step::Kind::lose:
      return Kind::lose;
    case Step::Kind::start:
    case Step::Kind::restart:
      return Kind::start;
  }
  return Kind::note;
}

Kind kind_of(AnyEffect::Kind kind) {
  switch (kind) {
    case AnyEffect::Kind::send:
      return Kind::send;
    case AnyEffect::Kind::set_timer:
      return Kind::set_timer;
    case AnyEffect::Kind::cancel_timer:
      return Kind::cancel_timer;
    case AnyEffect::Kind::persist:
    case AnyEffect::Kind::compact:
      return Kind::persist;
    case AnyEffect::Kind::emit:
      return Kind::emit;
  }
  return Kind::note;
}

List list_of(Kind kind) {
  switch (kind) {
    case Kind::fire:
    case Kind::set_timer:
    case Kind::cancel_timer:
      return List::timer;
    case Kind::input:
      return List::input;
    case Kind::persist:
      return List::record;
    case Kind::emit:
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
  const bool has_content = event.kind != Kind::start && event.kind != Kind::crash;
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
