#include "graders/stage1-sockets/resp_text.h"

#include <fmt/format.h>

#include <cctype>
#include <sstream>

namespace octet::grading {
namespace {

constexpr std::size_t shown_at_most = 120;  // bytes, then the middle is left out
constexpr std::size_t items_shown = 12;

using Kind = RespValue::Kind;

std::string escaped_byte(char byte) {
  if (byte == '\r') return "\\r";
  if (byte == '\n') return "\\n";
  if (byte == '"' || byte == '\\') return std::string("\\") + byte;
  const auto code = static_cast<unsigned char>(byte);
  return std::isprint(code) && code < 128 ? std::string(1, byte) : fmt::format("\\x{:02x}", code);
}

std::string escaped_all(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += escaped_byte(byte);
  return text;
}

std::string joined(const std::vector<RespValue>& values) {
  std::string text;
  for (std::size_t i = 0; i < values.size() && i < items_shown; ++i) {
    text += (i == 0 ? "" : ", ") + shown(values[i]);
  }
  if (values.size() > items_shown) text += fmt::format(", ... {} in all", values.size());
  return text;
}

}  // namespace

Words::Words(const char* text) {
  std::istringstream words(text);
  for (std::string word; words >> word;) push_back(word);
}

RespValue ok() {
  return RespValue::make_simple("OK");
}
RespValue pong() {
  return RespValue::make_simple("PONG");
}
RespValue bulk(std::string text) {
  return RespValue::make_bulk(std::move(text));
}
RespValue null() {
  return RespValue::make_null_bulk();
}
RespValue integer(std::int64_t value) {
  return RespValue::make_integer(value);
}
RespValue list(std::vector<RespValue> items) {
  return RespValue::make_array(std::move(items));
}

std::string wire_form(const RespValue& value) {
  switch (value.kind) {
    case Kind::simple:
      return "+" + value.text + "\r\n";
    case Kind::error:
      return "-" + value.text + "\r\n";
    case Kind::integer:
      return fmt::format(":{}\r\n", value.integer);
    case Kind::bulk:
      return fmt::format("${}\r\n", value.text.size()) + value.text + "\r\n";
    case Kind::null_bulk:
      return "$-1\r\n";
    case Kind::null_array:
      return "*-1\r\n";
    case Kind::array:
      break;
  }
  std::string bytes = fmt::format("*{}\r\n", value.items.size());
  for (const RespValue& item : value.items) bytes += wire_form(item);
  return bytes;
}

std::string wire_form(const Words& command) {
  std::vector<RespValue> items;
  for (const std::string& word : command) items.push_back(bulk(word));
  return wire_form(list(std::move(items)));
}

std::string escaped(std::string_view bytes) {
  if (bytes.size() <= shown_at_most) return '"' + escaped_all(bytes) + '"';
  const std::size_t half = shown_at_most / 2;
  return fmt::format("\"{}...{}\" ({} bytes)", escaped_all(bytes.substr(0, half)),
                     escaped_all(bytes.substr(bytes.size() - half)), bytes.size());
}

std::string shown(const RespValue& value) {
  switch (value.kind) {
    case Kind::simple:
      return "simple string " + escaped(value.text);
    case Kind::error:
      return "error " + escaped(value.text);
    case Kind::integer:
      return fmt::format("integer {}", value.integer);
    case Kind::bulk:
      return "bulk " + escaped(value.text);
    case Kind::null_bulk:
      return "null bulk";
    case Kind::null_array:
      return "null array";
    case Kind::array:
      break;
  }
  return "array [" + joined(value.items) + "]";
}

std::string shown(const std::vector<RespValue>& values) {
  return values.empty() ? "nothing" : joined(values);
}

std::string shown(const Words& command) {
  std::string text;
  for (const std::string& word : command) {
    const std::string quoted = escaped(word);
    const bool plain = !word.empty() && quoted == '"' + word + '"' && word.find(' ') == word.npos;
    text += (text.empty() ? "" : " ") + (plain ? word : quoted);
  }
  return text;
}

bool is_error(const RespValue& value) {
  return value.kind == Kind::error && (value.text == "ERR" || value.text.starts_with("ERR "));
}

}  // namespace octet::grading
