#include "runtime/untrusted_text.h"

#include <algorithm>

namespace octet {
namespace {

std::size_t announced_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;  // the middle of a character, or one that is longer than it needs be
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

bool is_harmless(char32_t code) {
  const bool is_control =
      (code < 0x20 && code != '\n' && code != '\t') || (code >= 0x7f && code < 0xa0);
  const bool is_noncharacter = (code & 0xfffe) == 0xfffe;  // XML has no way to say these
  return !is_control && !is_noncharacter;
}

}  // namespace

std::optional<Character> first_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = announced_length(first);
  if (length == 0 || length > text.size()) return std::nullopt;
  if (length == 1) return Character{first, 1};
  char32_t code = first & (0x7fu >> length);
  for (const char c : text.substr(1, length - 1)) {
    const auto next = static_cast<unsigned char>(c);
    if ((next & 0xc0) != 0x80) return std::nullopt;
    code = code << 6 | (next & 0x3fu);
  }
  const bool is_too_long = (length == 3 && code < 0x800) || (length == 4 && code < 0x10000);
  const bool is_half_a_pair = code >= 0xd800 && code < 0xe000;
  if (is_too_long || is_half_a_pair || code > 0x10ffff) return std::nullopt;
  return Character{code, length};
}

std::string printable(std::string_view bytes) {
  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const auto next = first_character(bytes);
    const bool is_kept = next && is_harmless(next->code);
    const std::size_t length = is_kept ? next->bytes : 1;
    if (is_kept) {
      text += bytes.substr(0, length);
    } else {
      const auto byte = static_cast<unsigned char>(bytes.front());
      text.append("\\x").append({digits[byte >> 4], digits[byte & 15]});
    }
    bytes.remove_prefix(length);
  }
  return text;
}

std::string xml_escaped(std::string_view text) {
  std::string escaped;
  for (const char byte : text) {
    switch (byte) {
      case '&':
        escaped += "&amp;";
        break;
      case '<':
        escaped += "&lt;";
        break;
      case '>':
        escaped += "&gt;";
        break;
      case '"':
        escaped += "&quot;";
        break;
      case '\'':
        escaped += "&#39;";
        break;
      case '\n':
        escaped += "&#10;";
        break;
      case '\t':
        escaped += "&#9;";
        break;
      default:
        escaped += byte;
    }
  }
  return escaped;
}

}  // namespace octet
