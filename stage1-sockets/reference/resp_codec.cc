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

/// How a line begins that a person typed; also the empty one that redis-cli --pipe ends with.
bool is_typed(std::optional<char> byte) {
  return byte && (('a' <= *byte && *byte <= 'z') || ('A' <= *byte && *byte <= 'Z') ||
                  *byte == '\r' || *byte == '\n');
}

std::optional<std::int64_t> parse_number(std::string_view text) {
  if (text.size() > 1 && text[0] == '+' && text[1] != '-') text.remove_prefix(1);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

/// The value of an element that has no items.
RespValue to_value(const RespElement& element) {
  switch (element.type) {
    case '+':
      return RespValue::make_simple(std::string(element.text));
    case '-':
      return RespValue::make_error(std::string(element.text));
    case ':':
      return RespValue::make_integer(element.number);
    case '$':
      if (element.number < 0) return RespValue::make_null_bulk();
      return RespValue::make_bulk(std::string(element.text));
    default:
      if (element.number < 0) return RespValue::make_null_array();
      return RespValue::make_array({});
  }
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

RespScanner::RespScanner(RespLimits limits) : limits_(limits) {}

void RespScanner::feed(std::string_view bytes) {
  if (error_) return;
  // Moving the rest to the front only when it is the smaller half keeps the work linear.
  if (taken_ > buffer_.size() / 2) {
    buffer_.erase(0, taken_);
    taken_ = 0;
  }
  buffer_.append(bytes);
}

std::optional<RespElement> RespScanner::next() {
  if (bulk_) return take_bulk();
  const auto type = peek();
  if (!type) return std::nullopt;
  if (!is_type(*type)) return fail("expected one of + - : $ *");
  const auto line = take_line();
  if (!line) return std::nullopt;
  if (line->find('\r') != line->size() - 1) return fail("line break that is not CR LF");

  const auto text = line->substr(1, line->size() - 2);
  switch (*type) {
    case '+':
    case '-':
      return RespElement{*type, text};
    case '$':
      return begin_bulk(parse_number(text));
    default:
      const auto number = parse_number(text);
      if (!number) return fail("invalid number");
      if (*type == '*' && (*number < -1 || std::cmp_greater(*number, limits_.max_items))) {
        return fail("invalid multibulk length");
      }
      return RespElement{*type, {}, *number};
  }
}

std::optional<std::string_view> RespScanner::next_line() {
  auto line = take_line();
  if (line && line->ends_with('\r')) line->remove_suffix(1);
  return line;
}

std::optional<RespElement> RespScanner::begin_bulk(std::optional<std::int64_t> size) {
  if (size == -1) return RespElement{'$', {}, -1};
  if (!size || *size < 0 || std::cmp_greater(*size, limits_.max_bulk)) {
    return fail("invalid bulk length");
  }
  bulk_ = static_cast<std::size_t>(*size);
  return take_bulk();
}

std::optional<RespElement> RespScanner::take_bulk() {
  const auto rest = std::string_view(buffer_).substr(taken_);
  if (rest.size() < *bulk_ + line_end.size()) return std::nullopt;
  const auto text = rest.substr(0, *bulk_);
  if (rest.substr(*bulk_, line_end.size()) != line_end) {
    return fail("bulk string is longer than announced");
  }
  taken_ += text.size() + line_end.size();
  bulk_.reset();
  return RespElement{'$', text};
}

/// The next line up to its LF.
std::optional<std::string_view> RespScanner::take_line() {
  const auto rest = std::string_view(buffer_).substr(taken_);
  const std::size_t end = rest.find('\n', searched_);
  const std::size_t longest = 1 + limits_.max_line + line_end.size();
  if (std::min(end, rest.size()) >= longest) return fail("too long line");
  if (end == std::string_view::npos) {
    searched_ = rest.size();
    return std::nullopt;
  }
  searched_ = 0;
  taken_ += end + 1;
  return rest.substr(0, end);
}

std::optional<char> RespScanner::peek() const {
  if (bulk_ || taken_ == buffer_.size()) return std::nullopt;
  return buffer_[taken_];
}

void RespScanner::release() {
  if (taken_ < buffer_.size()) return;
  buffer_.clear();
  buffer_.shrink_to_fit();
  taken_ = 0;
}

std::nullopt_t RespScanner::fail(std::string_view what) {
  error_ = "Protocol error: " + std::string(what);
  taken_ = buffer_.size();
  bulk_.reset();
  return std::nullopt;
}

std::optional<std::string> RespScanner::error() const {
  return error_;
}

RespDecoder::RespDecoder(RespLimits limits) : scanner_(limits), limits_(limits) {}

void RespDecoder::feed(std::string_view bytes) {
  scanner_.feed(bytes);
}

std::optional<RespValue> RespDecoder::next() {
  while (const auto element = scanner_.next()) {
    memory_ += sizeof(RespValue) + element->text.size();
    if (memory_ > limits_.max_value) return scanner_.fail("too large value");
    if (element->type == '*' && open_.size() >= limits_.max_depth) {
      return scanner_.fail("too many arrays inside arrays");
    }
    if (element->type == '*' && element->number > 0) {
      // No memory yet for the announced items: announcing costs the peer nothing, sending does.
      open_.push_back({RespValue::make_array({}), static_cast<std::size_t>(element->number)});
    } else if (auto whole = place(to_value(*element))) {
      return whole;
    }
  }
  scanner_.release();
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

std::optional<std::string> RespDecoder::error() const {
  return scanner_.error();
}

CommandDecoder::CommandDecoder(RespLimits limits) : scanner_(limits), limits_(limits) {}

void CommandDecoder::feed(std::string_view bytes) {
  scanner_.feed(bytes);
}

std::optional<std::span<const std::string_view>> CommandDecoder::next() {
  if (missing_ == 0) {
    words_.clear();
    kept_.clear();
    memory_ = 0;
    if (is_typed(scanner_.peek())) return next_typed();
    const auto header = scanner_.next();
    if (!header) return wait_for_bytes();
    if (header->type != '*') return scanner_.fail("expected an array of bulk strings");
    missing_ = static_cast<std::size_t>(std::max<std::int64_t>(header->number, 0));
  }
  for (; missing_ > 0; --missing_) {
    const auto word = scanner_.next();
    if (!word) return wait_for_bytes();
    if (word->type != '$' || word->number < 0) return scanner_.fail("expected a bulk string");
    memory_ += sizeof(std::string) + word->text.size();
    if (memory_ > limits_.max_value) return scanner_.fail("too large command");
    words_.push_back(word->text);
  }
  return words_;
}

std::optional<std::span<const std::string_view>> CommandDecoder::next_typed() {
  auto line = scanner_.next_line();
  if (!line) return wait_for_bytes();
  while (!line->empty()) {
    const auto word = line->substr(0, line->find(' '));
    if (!word.empty()) words_.push_back(word);
    line->remove_prefix(std::min(word.size() + 1, line->size()));
  }
  return words_;
}

/// Before more bytes are fed: what the words point to goes away with the scanner's memory.
std::nullopt_t CommandDecoder::wait_for_bytes() {
  for (std::size_t i = kept_.size(); i < words_.size(); ++i) {
    words_[i] = kept_.emplace_back(words_[i]);
  }
  if (missing_ == 0) words_.shrink_to_fit();  // empty then: an idle connection needs no memory
  scanner_.release();
  return std::nullopt;
}

std::optional<std::string> CommandDecoder::error() const {
  return scanner_.error();
}

}  // namespace octet::sockets
