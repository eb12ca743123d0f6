#include "runtime/erase/json.h"

#include <array>

#include "runtime/untrusted_text.h"

namespace octet::erase {

void write_json_string(std::string& out, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  constexpr std::string_view escaped = "\"\\\b\f\n\r\t";
  constexpr std::string_view names = "\"\\bfnrt";
  out += '"';
  while (!text.empty()) {
    const char letter = text.front();
    const std::optional<Character> character = first_character(text);
    const std::size_t length = character ? character->bytes : 1;
    if (const auto named = escaped.find(letter); named != std::string_view::npos) {
      out += '\\';
      out += names[named];
    } else if (!character || character->code < ' ') {
      const auto byte = static_cast<unsigned char>(letter);
      out.append("\\u00").append({digits[byte >> 4], digits[byte & 15]});
    } else {
      out.append(text.substr(0, length));
    }
    text.remove_prefix(length);
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
