#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "stage1-sockets/api/resp.h"

/// RESP as the graders write and show it; nothing here is a solution's.
namespace octet::grading {

using sockets::RespValue;

/// The words of a command. A text is cut at its spaces: Words("GET key").
struct Words : std::vector<std::string> {
  Words(const char* text);
  Words(std::vector<std::string> words) : vector(std::move(words)) {}
  Words(std::initializer_list<std::string> words) : vector(words) {}
};

RespValue ok();
RespValue pong();
RespValue bulk(std::string text);
RespValue null();
RespValue integer(std::int64_t value);
RespValue list(std::vector<RespValue> items);

/// The bytes of a value on the wire.
std::string wire_form(const RespValue& value);

/// The bytes of a command on the wire: an array of bulk strings.
std::string wire_form(const Words& command);

/// In quotes, with \r, \n and \xNN for what cannot be seen; long ones lose their middle.
std::string escaped(std::string_view bytes);

/// One value for people: integer 5, bulk "5", null bulk, array [integer 1, bulk "a"].
std::string shown(const RespValue& value);
std::string shown(const std::vector<RespValue>& values);
std::string shown(const Words& command);

/// An error reply whose first word is ERR; the rest of its text is free.
bool is_error(const RespValue& value);

}  // namespace octet::grading
