// What is written down when somebody wants to see it.
#include <utility>

#include "runtime/sim/world.h"

namespace octet::sim {

[[gnu::noinline]] void stop_here(const char* class_name, const char* function) {
  // The debugger reads them; the compiler must not leave the call out.
  asm volatile("" ::"r"(class_name), "r"(function) : "memory");
}

void World::stop_for_debugger(const Host& host, const Told& told) {
  const std::string class_name(host.node->class_name());
  stop_here(class_name.c_str(), told.kind == Kind::start ? "start" : "on");
}

World& World::note(std::string text) {
  record({.kind = Kind::note, .text = std::move(text)});
  return *this;
}

/// Returns the event's number, which others name as their cause; 0 when there is no trace, or the
/// run is over.
std::size_t World::record(trace::Event event) {
  if (!options_.trace || violated_) return 0;
  event.at = now_;
  if (event.cause == 0) event.cause = cause_;
  trace_.push_back(std::move(event));
  return trace_.size();
}

Shown World::show(const AnyNode& node, const Told& told) {
  if (told.kind == Kind::start) return {};
  const List list = told.kind == Kind::deliver ? List::message
                    : told.kind == Kind::fire  ? List::timer
                                               : List::input;
  try {
    return node.show(list, told.bytes);
  } catch (const Undecodable& error) {
    return {.name = "undecodable bytes", .json = {}};
  }
}

/// Called in a listener, it has what the listener hears as its cause.
std::size_t World::record_call(trace::ClientId client, NodeId asks, std::uint64_t operation,
                               Shown what) {
  return record({.kind = Kind::call,
                 .node = client.value,
                 .peer = asks,
                 .id = operation,
                 .cause = heard_,
                 .name = std::move(what.name),
                 .json = std::move(what.json)});
}

void World::record_result(trace::ClientId client, std::uint64_t operation, trace::Outcome outcome,
                          std::string result) {
  record({.kind = Kind::result,
          .node = client.value,
          .id = operation,
          .cause = heard_,
          .name = std::string(name_of(outcome)),
          .json = std::move(result)});
}

std::size_t World::record_handler(const Host& host, const Told& told) {
  if (!options_.trace) return 0;
  Shown shown = show(*host.node, told);
  return record({.kind = told.kind,
                 .node = host.id(),
                 .peer = told.from,
                 .id = told.message,
                 .name = std::move(shown.name),
                 .json = std::move(shown.json)});
}

void World::record_effect(Kind kind, const Host& host, List list, const AnyEffect& effect) {
  if (!options_.trace) return;
  if (effect.kind == AnyEffect::Kind::compact) {
    record({.kind = kind,
            .node = host.id(),
            .name = "compact",
            .text = "to " + std::to_string(effect.records.size()) + " records"});
    return;
  }
  Shown shown = host.node->show(list, effect.bytes);
  record({.kind = kind,
          .node = host.id(),
          .name = std::move(shown.name),
          .json = std::move(shown.json)});
}

void World::record_send(const Host& host, const Envelope& message, std::uint64_t id) {
  if (!options_.trace) return;
  Shown shown = host.node->show(List::message, message.bytes);
  record({.kind = Kind::send,
          .node = message.from,
          .peer = message.to,
          .id = id,
          .name = std::move(shown.name),
          .json = std::move(shown.json)});
}

/// What the message was stands where it was sent.
void World::record_loss(const Envelope& message, std::uint64_t id, std::string_view why) {
  record({.kind = Kind::lose,
          .node = message.from,
          .peer = message.to,
          .id = id,
          .text = std::string(why)});
}

/// Other events than messages have left no trace yet.
void World::record_missed(const Host& host, const Host::Missed& event) {
  if (event.message == 0) return;
  record_loss({event.from, host.id(), {}}, event.message, "the receiver crashed before it took it");
}

void World::record_duplicate(const Envelope& message, std::uint64_t id) {
  record({.kind = Kind::duplicate, .node = message.from, .peer = message.to, .id = id});
}

void World::record_fault(Kind kind, NodeId node, NodeId peer, std::string text) {
  record({.kind = kind, .node = node, .peer = peer, .text = std::move(text)});
}

}  // namespace octet::sim
