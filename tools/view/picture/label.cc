#include "tools/view/picture/label.h"

#include <fmt/format.h>

namespace octet::view {
namespace {

using trace::Event;
using Kind = Event::Kind;

/// Nobody reads more of it; contents may be large.
constexpr std::size_t most_bytes = 600;
constexpr std::size_t most_bytes_of_a_loss = 46;

/// The string that begins here, with its quotes; all the rest when it never ends.
std::string_view string_at(std::string_view json) {
  std::size_t end = 1;
  while (end < json.size() && json[end] != '"') end += json[end] == '\\' ? 2 : 1;
  return json.substr(0, end + 1);
}

/// Store {value: 7}
std::string full_name(const Event& event) {
  const std::string content = brief_json(event.json);
  return content.empty() || content == "{}" ? event.name : event.name + ' ' + content;
}

std::string with(std::string_view word, const std::string& text) {
  return text.empty() ? std::string(word) : fmt::format("{}: {}", word, text);
}

/// Its arrow does not reach the receiver, and why is worth more than the content.
std::string loss(const Event& event, const Event* lost) {
  const std::string end = with(fmt::format(" to node {} is lost", event.peer.value), event.text);
  if (lost == nullptr) return "a message" + end;
  const std::string full = full_name(*lost) + end;
  return full.size() <= most_bytes_of_a_loss ? full : lost->name + end;
}

}  // namespace

std::string label_of(const Event& event, const Event* lost) {
  switch (event.kind) {
    case Kind::start:
      return "starts";
    case Kind::deliver:
      return full_name(event);
    case Kind::fire:
      return "fires " + full_name(event);
    case Kind::input:
      return "asked " + full_name(event);
    case Kind::send:
      return fmt::format("sends {}", full_name(event));
    case Kind::persist:
      return with("writes " + full_name(event), event.text);
    case Kind::emit:
      return "tells " + full_name(event);
    case Kind::lose:
      return loss(event, lost);
    case Kind::undecodable:
      return "bytes that are no message";
    case Kind::crash:
      return with("CRASH", event.text);
    case Kind::restart:
      return with("restarts", event.text);
    case Kind::pause:
      return "paused";
    case Kind::resume:
      return "goes on";
    case Kind::cut:
      return fmt::format("cut off from node {}", event.peer.value);
    case Kind::heal:
      return fmt::format("reaches node {} again", event.peer.value);
    case Kind::clock:
      return with("clock", event.text);
    case Kind::disk:
      return with("disk", event.text);
    case Kind::fail:
      return with("FAILS", event.text);
    default:
      return event.text;  // a note; the rest is in no story
  }
}

Loudness loudness_of(Kind kind) {
  switch (kind) {
    case Kind::start:
    case Kind::heal:
      return Loudness::quiet;
    case Kind::deliver:
    case Kind::fire:
    case Kind::input:
    case Kind::send:
    case Kind::persist:
    case Kind::emit:
    case Kind::note:
      return Loudness::loud;
    default:
      return Loudness::fault;
  }
}

std::string brief_json(std::string_view json) {
  std::string out;
  while (!json.empty() && out.size() < most_bytes) {
    std::string_view part = json.substr(0, 1);
    if (part == "\"") part = string_at(json);
    json.remove_prefix(part.size());
    const bool is_name = part.size() > 2 && part.front() == '"' && json.starts_with(':');
    out += is_name ? part.substr(1, part.size() - 2) : part;
    if (part == "," || part == ":") out += ' ';
  }
  return out;
}

}  // namespace octet::view
