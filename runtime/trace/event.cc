#include "runtime/trace/event.h"

#include <algorithm>
#include <array>

namespace octet::trace {
namespace {

/// In the order of Event::Kind.
constexpr std::array<std::string_view, 23> names = {
    "start",        "deliver", "fire",    "input", "send",   "set_timer",
    "cancel_timer", "persist", "durable", "emit",  "lose",   "duplicate",
    "undecodable",  "crash",   "restart", "pause", "resume", "cut",
    "heal",         "clock",   "disk",    "fail",  "note"};
static_assert(names.size() == static_cast<std::size_t>(Event::Kind::note) + 1);

}  // namespace

std::string_view name_of(Event::Kind kind) {
  return names[static_cast<std::size_t>(kind)];
}

Event::Kind kind_of(std::string_view name) {
  const auto found = std::ranges::find(names, name);
  return found == names.end() ? Event::Kind::note : static_cast<Event::Kind>(found - names.begin());
}

}  // namespace octet::trace
