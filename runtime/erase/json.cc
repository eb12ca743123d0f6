#include "runtime/erase/json.h"

#include <algorithm>
#include <array>

namespace octet::erase {

namespace {

/// How many bytes the first character takes; 0 when it is no valid UTF-8 (RFC 3629, section 4).
std::size_t utf8_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const std::size_t length = first < 0x80   ? 1
                             : first < 0xc2 ? 0
                             : first < 0xe0 ? 2
                             : first < 0xf0 ? 3
                             : first < 0xf5 ? 4
                                            : 0;
  if (length > text.size()) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return 0;
  }
  // Longer than they need to be, halves of pairs, and beyond the last character.
  if (first == 0xe0 && byte(1) < 0xa0) return 0;
  if (first == 0xed && byte(1) > 0x9f) return 0;
  if (first == 0xf0 && byte(1) < 0x90) return 0;
  if (first == 0xf4 && byte(1) > 0x8f) return 0;
  return length;
}

}  // namespace

void write_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view names = "\"\\bfnrt";
  out += '"';
  while (!text.empty()) {
    const char letter = text.front();
    const std::size_t length = utf8_length(text);
    if (const auto named = escaped.find(letter); named != std::string_view::npos) {
      out += '\\';
      out += names[named];
    } else if (length == 0 || static_cast<unsigned char>(letter) < ' ') {
      const auto byte = static_cast<unsigned char>(letter);
      out.append("\\u00").append({digits[byte >> 4], digits[byte & 15]});
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(std::max<std::size_t>(length, 1));
  }
  out += '"';
}

std::string duration_text(Duration duration) {
  struct Unit {
    std::int64_t nanoseconds;
    std::string_view name;
  };
  constexpr std::array<Unit, 4> units = {
      {{1'000'000'000, "s"}, {1'000'000, "ms"}, {1'000, "us"}, {1, "ns"}}};
  const std::int64_t count = duration.count();
  if (count == 0) return "0s";
  std::string out;
  const std::uint64_t size =
      count < 0 ? 0 - static_cast<std::uint64_t>(count) : static_cast<std::uint64_t>(count);
  if (count < 0) out += '-';
  for (const Unit& unit : units) {
    const auto per_unit = static_cast<std::uint64_t>(unit.nanoseconds);
    if (size < per_unit) continue;
    detail::write_number(out, size / per_unit);
    if (std::uint64_t rest = size % per_unit; rest > 0) {
      std::string decimals = std::to_string(per_unit + rest).substr(1);
      decimals.erase(decimals.find_last_not_of('0') + 1);
      out.append(".").append(decimals);
    }
    out += unit.name;
    break;
  }
  return out;
}

}  // namespace octet::erase
