#include "rooms.h"

#include <algorithm>
#include <utility>

namespace octet::sockets {
namespace {

constexpr std::size_t max_name = 32;

/// The part before the first space, and the part after it.
std::pair<std::string_view, std::string_view> split(std::string_view line) {
  const std::size_t space = line.find(' ');
  if (space == line.npos) return {line, {}};
  return {line.substr(0, space), line.substr(space + 1)};
}

bool is_name(std::string_view word) {
  const auto allowed = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_';
  };
  return !word.empty() && word.size() <= max_name && std::all_of(word.begin(), word.end(), allowed);
}

/// The words with spaces between them, as a line.
std::string line_of(std::initializer_list<std::string_view> words) {
  std::string line;
  for (const std::string_view word : words) line.append(word).push_back(' ');
  line.back() = '\n';
  return line;
}

ChatEffects reply(ConnectionId who, std::string line) {
  return {.outgoing = {{.line = std::move(line), .to = {who}}}};
}

ChatEffects error(ConnectionId who, std::string_view reason) {
  return reply(who, line_of({"ERROR", reason}));
}

}  // namespace

Rooms::Rooms(ChatConfig config) : config_(config) {}

ChatEffects Rooms::said(ConnectionId who, std::string_view line) {
  const auto [verb, rest] = split(line);
  if (line == "QUIT") return quit(who);
  if (verb == "NAME") return name(who, rest);

  const auto found = people_.find(who);
  if (found == people_.end()) return error(who, "first say who you are: NAME <name>");
  Person& person = found->second;
  if (verb == "SAY") return say(who, person, rest);

  if (verb != "JOIN" && verb != "LEAVE" && verb != "WHO") return error(who, "no such command");
  if (!is_name(rest)) return error(who, "a room is 1 to 32 letters, digits, '-' or '_'");
  const std::string room(rest);
  if (verb == "JOIN") return join(who, person, room);
  if (verb == "LEAVE") return leave(who, person, room);
  return list(who, room);
}

ChatEffects Rooms::left(ConnectionId who) {
  const auto person = people_.extract(who);
  if (person.empty()) return {};

  names_.erase(person.mapped().name);
  ChatEffects effects;
  for (const std::string& room : person.mapped().rooms) {
    take_out(person.mapped(), room);
    effects.outgoing.push_back(to_members(room, line_of({"LEFT", room, person.mapped().name})));
  }
  return effects;
}

ChatEffects Rooms::name(ConnectionId who, std::string_view wanted) {
  if (people_.contains(who)) return error(who, "you have a name already");
  if (!is_name(wanted)) return error(who, "a name is 1 to 32 letters, digits, '-' or '_'");
  if (names_.contains(wanted)) return error(who, "that name is taken");

  names_.emplace(wanted);
  people_.emplace(who, Person{.name = std::string(wanted), .rooms = {}});
  return reply(who, line_of({"WELCOME", wanted}));
}

ChatEffects Rooms::join(ConnectionId who, Person& person, const std::string& room) {
  if (person.rooms.contains(room)) return error(who, "you are in that room already");
  if (person.rooms.size() >= config_.max_rooms) return error(who, "you are in too many rooms");

  person.rooms.insert(room);
  rooms_[room].emplace(person.name, who);
  return {.outgoing = {to_members(room, line_of({"JOINED", room, person.name}))}};
}

ChatEffects Rooms::say(ConnectionId who, const Person& person, std::string_view room_and_text) {
  const auto [room, text] = split(room_and_text);
  const auto joined = person.rooms.find(std::string(room));
  if (joined == person.rooms.end()) return error(who, "you are not in that room");
  if (text.empty()) return error(who, "there is nothing to say");
  return {.outgoing = {to_members(*joined, line_of({"MSG", room, person.name, text}))}};
}

ChatEffects Rooms::leave(ConnectionId who, Person& person, const std::string& room) {
  if (!person.rooms.contains(room)) return error(who, "you are not in that room");

  // The one who leaves is told as well, so the line is addressed first.
  ChatEffects effects{.outgoing = {to_members(room, line_of({"LEFT", room, person.name}))}};
  take_out(person, room);
  person.rooms.erase(room);
  return effects;
}

ChatEffects Rooms::list(ConnectionId who, const std::string& room) const {
  std::string line = "MEMBERS " + room;
  if (const auto members = rooms_.find(room); members != rooms_.end()) {
    for (const auto& [name, id] : members->second) line += ' ' + name;
  }
  return reply(who, line + '\n');
}

ChatEffects Rooms::quit(ConnectionId who) {
  ChatEffects effects = left(who);
  effects.outgoing.push_back({.line = line_of({"BYE"}), .to = {who}});
  effects.close = true;
  return effects;
}

Outgoing Rooms::to_members(const std::string& room, std::string line) const {
  Outgoing outgoing{.line = std::move(line), .to = {}};
  if (const auto members = rooms_.find(room); members != rooms_.end()) {
    for (const auto& [name, id] : members->second) outgoing.to.push_back(id);
  }
  return outgoing;
}

void Rooms::take_out(const Person& person, const std::string& room) {
  const auto members = rooms_.find(room);
  members->second.erase(person.name);
  if (members->second.empty()) rooms_.erase(members);
}

}  // namespace octet::sockets
