#include "runtime/trace/event.h"

#include <algorithm>
#include <array>

namespace octet::trace {
namespace {

/// In the order of Event::Kind.
constexpr std::array<std::string_view, 25> names = {
    "start",       "deliver", "fire",    "input", "send",   "set_timer", "cancel_timer",
    "persist",     "durable", "emit",    "call",  "result", "lose",      "duplicate",
    "undecodable", "crash",   "restart", "pause", "resume", "cut",       "heal",
    "clock",       "disk",    "fail",    "note"};
static_assert(names.size() == static_cast<std::size_t>(Event::Kind::note) + 1);

/// In the order of Outcome.
constexpr std::array<std::string_view, 3> outcomes = {"ok", "failed", "unknown"};

}  // namespace

std::string_view name_of(Event::Kind kind) {
  return names[static_cast<std::size_t>(kind)];
}

Event::Kind kind_of(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? Event::Kind::note : static_cast<Event::Kind>(found - names.begin());
}

std::string_view name_of(Outcome outcome) {
  return outcomes[static_cast<std::size_t>(outcome)];
}

Outcome outcome_of(std::string_view name) {
  const auto found = std::ranges::find(outcomes, name);
  return found == outcomes.end() ? Outcome::unknown
                                 : static_cast<Outcome>(found - outcomes.begin());
}

}  // namespace octet::trace
