#include "resp_codec.h"

#include <algorithm>
#include <charconv>
#include <iterator>
#include <utility>

namespace octet::sockets {
namespace {

constexpr std::string_view line_end = "\r\n";

void append_number(std::string& out, char type, std::int64_t number) {
  char digits[24];
  const auto end = std::to_chars(std::begin(digits), std::end(digits), number).ptr;
  out.push_back(type);
  out.append(digits, end);
  out.append(line_end);
}

/// A line break in the text would end the line early, and what follows it would be taken for a
/// reply of ours: somebody could make us say things by sending them in a wrong command.
void append_line(std::string& out, char type, std::string_view text) {
  out.push_back(type);
  for (const char byte : text) out.push_back(byte == '\r' || byte == '\n' ? ' ' : byte);
  out.append(line_end);
}

bool is_type(char byte) {
  return std::string_view("+-:$*").find(byte) != std::string_view::npos;
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

}  // namespace

void append_resp(std::string& out, const RespValue& value) {
  using Kind = RespValue::Kind;
  switch (value.kind) {
    case Kind::simple:
      return append_line(out, '+', value.text);
    case Kind::error:
      return append_line(out, '-', value.text);
    case Kind::integer:
      return append_number(out, ':', value.integer);
    case Kind::bulk:
      append_number(out, '$', static_cast<std::int64_t>(value.text.size()));
      out.append(value.text).append(line_end);
      return;
    case Kind::array:
      append_number(out, '*', static_cast<std::int64_t>(value.items.size()));
      for (const RespValue& item : value.items) append_resp(out, item);
      return;
    case Kind::null_bulk:
      out.append("$-1\r\n");
      return;
    case Kind::null_array:
      out.append("*-1\r\n");
      return;
  }
}

RespDecoder::RespDecoder(RespLimits limits, Inline inline_commands)
    : limits_(limits), inline_(inline_commands) {}

void RespDecoder::feed(std::string_view bytes) {
  if (error_) return;
  // Moving the rest to the front only when it is the smaller half keeps the work linear.
  if (taken_ > buffer_.size() / 2) {
    buffer_.erase(0, taken_);
    taken_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<RespValue> RespDecoder::next() {
  while (auto element = next_element()) {
    memory_ += sizeof(RespValue) + element->value.text.size();
    if (memory_ > limits_.max_value) return fail("too large value");
    if (element->announced > 0) {
      open_.push_back({std::move(element->value), element->announced});
    } else if (auto whole = place(std::move(element->value))) {
      return whole;
    }
  }
  return std::nullopt;
}

/// Puts a complete value where it belongs. Returns the outermost value that is complete with it.
std::optional<RespValue> RespDecoder::place(RespValue value) {
  while (!open_.empty()) {
    auto& [array, size] = open_.back();
    array.items.push_back(std::move(value));
    if (array.items.size() < size) return std::nullopt;
    value = std::exchange(array, {});
    open_.pop_back();
  }
  memory_ = 0;
  return value;
}

std::optional<RespDecoder::Element> RespDecoder::next_element() {
  if (error_) return std::nullopt;
  if (bulk_) return take_bulk();
  const auto line = take_line();
  if (!line) return std::nullopt;

  if (line->empty() || !is_type(line->front())) return split_words(*line);
  const auto text = line->substr(1);
  switch (line->front()) {
    case '+':
      return Element{RespValue::make_simple(std::string(text))};
    case '-':
      return Element{RespValue::make_error(std::string(text))};
    case ':':
      if (const auto number = parse_number(text)) return Element{RespValue::make_integer(*number)};
      return fail("invalid integer");
    case '*':
      return begin_array(text);
    default:
      return begin_bulk(text);
  }
}

std::optional<RespDecoder::Element> RespDecoder::begin_bulk(std::string_view text) {
  if (text == "-1") return Element{RespValue::make_null_bulk()};
  const auto size = parse_number(text);
  if (!size || *size < 0 || std::cmp_greater(*size, limits_.max_bulk)) {
    return fail("invalid bulk length");
  }
  bulk_ = static_cast<std::size_t>(*size);
  return take_bulk();
}

std::optional<RespDecoder::Element> RespDecoder::begin_array(std::string_view text) {
  if (text == "-1") return Element{RespValue::make_null_array()};
  const auto size = parse_number(text);
  if (!size || *size < 0 || std::cmp_greater(*size, limits_.max_items)) {
    return fail("invalid multibulk length");
  }
  if (open_.size() >= limits_.max_depth) return fail("too many arrays inside arrays");
  // No memory yet for the announced items: announcing costs the peer nothing, sending does.
  return Element{RespValue::make_array({}), static_cast<std::size_t>(*size)};
}

std::optional<RespDecoder::Element> RespDecoder::take_bulk() {
  const auto rest = std::string_view(buffer_).substr(taken_);
  if (rest.size() < *bulk_ + line_end.size()) return std::nullopt;
  if (rest.substr(*bulk_, line_end.size()) != line_end) {
    return fail("bulk string is longer than announced");
  }
  Element element{RespValue::make_bulk(std::string(rest.substr(0, *bulk_)))};
  taken_ += *bulk_ + line_end.size();
  bulk_.reset();
  return element;
}

/// The next line with its type byte, without its end; valid until the next feed().
std::optional<std::string_view> RespDecoder::take_line() {
  const auto rest = std::string_view(buffer_).substr(taken_);
  if (rest.empty()) return wait_for_bytes();
  if (!may_start_with(rest.front())) return fail("expected one of + - : $ *");

  const std::size_t end = rest.find('\n', searched_);
  const std::size_t longest = 1 + limits_.max_line + line_end.size();
  if (std::min(end, rest.size()) >= longest) return fail("too long line");
  if (end == std::string_view::npos) {
    searched_ = rest.size();
    return std::nullopt;
  }
  const auto line = rest.substr(0, end);
  searched_ = 0;
  taken_ += end + 1;
  const std::size_t carriage_return = line.find('\r');
  // What people type need not end in CR.
  if (carriage_return == std::string_view::npos && !is_type(rest.front())) return line;
  if (carriage_return != end - 1) return fail("line break that is not CR LF");
  return line.substr(0, carriage_return);
}

bool RespDecoder::may_start_with(char first) const {
  if (is_type(first)) return true;
  const bool is_typed = ('a' <= first && first <= 'z') || ('A' <= first && first <= 'Z') ||
                        first == '\r' || first == '\n';  // also what redis-cli --pipe ends with
  return is_typed && inline_ == Inline::accepted && open_.empty();
}

/// An array of the words of a line.
std::optional<RespDecoder::Element> RespDecoder::split_words(std::string_view line) {
  RespValue words = RespValue::make_array({});
  while (!line.empty()) {
    const auto word = line.substr(0, line.find(' '));
    if (!word.empty()) words.items.push_back(RespValue::make_bulk(std::string(word)));
    line.remove_prefix(std::min(word.size() + 1, line.size()));
  }
  if (words.items.size() > limits_.max_items) return fail("too many words");
  return Element{std::move(words)};
}

/// A connection that waits for its next command holds no memory for it.
std::nullopt_t RespDecoder::wait_for_bytes() {
  buffer_ = {};
  taken_ = 0;
  return std::nullopt;
}

std::nullopt_t RespDecoder::fail(std::string what) {
  error_ = "Protocol error: " + std::move(what);
  open_ = {};
  return wait_for_bytes();
}

std::optional<std::string> RespDecoder::error() const {
  return error_;
}

}  // namespace octet::sockets
