#include "runtime/trace/event.h"

#include <array>

namespace octet::trace {

std::string_view name_of(Event::Kind kind) {
  constexpr std::array<std::string_view, 22> names = {
      "start",        "deliver", "fire",    "input", "send",   "set_timer",
      "cancel_timer", "persist", "durable", "emit",  "lose",   "duplicate",
      "undecodable",  "crash",   "restart", "pause", "resume", "cut",
      "heal",         "clock",   "disk",    "fail"};
  const auto index = static_cast<std::size_t>(kind);
  return index < names.size() ? names[index] : "note";
}

}  // namespace octet::trace
