#include "graders/dsl/history/value_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "runtime/erase/json.h"

namespace octet::grading {
namespace {

constexpr std::size_t longest = 60;
constexpr std::size_t part = 24;

std::string in_quotes(std::string_view text) {
  std::string out;
  erase::write_json_string(out, text);
  return out;
}

/// The same place, or the beginning of the character that it is in the middle of.
std::size_t between_characters(std::string_view text, std::size_t place) {
  while (place > 0 && place < text.size() && (text[place] & 0xc0) == 0x80) --place;
  return place;
}

std::string around(std::string_view text, std::size_t place) {
  const std::size_t begin = between_characters(text, place < part ? 0 : place - part);
  const std::size_t end = between_characters(text, std::min(text.size(), place + part));
  return (begin > 0 ? "..." : "") + in_quotes(text.substr(begin, end - begin)) +
         (end < text.size() ? "..." : "");
}

}  // namespace

std::string short_text(std::string_view value) {
  if (value.size() <= longest) return in_quotes(value);
  const std::size_t front = between_characters(value, part);
  const std::size_t back = between_characters(value, value.size() - part);
  return fmt::format("{} ... {} ({} bytes)", in_quotes(value.substr(0, front)),
                     in_quotes(value.substr(back)), value.size());
}

std::pair<std::string, std::string> short_where_they_differ(std::string_view one,
                                                            std::string_view other) {
  if (one.size() <= longest && other.size() <= longest) return {in_quotes(one), in_quotes(other)};
  const auto differ = std::ranges::mismatch(one, other);
  const auto place = static_cast<std::size_t>(differ.in1 - one.begin());
  return {around(one, place), around(other, place)};
}

}  // namespace octet::grading
