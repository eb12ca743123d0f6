#include "tools/view/picture/typeset.h"

#include <algorithm>

namespace octet::view {
namespace {

constexpr char32_t replacement = 0xfffd;
constexpr std::string_view ellipsis = "\u2026";

bool is_for_xml(char32_t code) {
  return code != 0xfffe && code != 0xffff && (code < 0xd800 || code > 0xdfff) && code <= 0x10ffff;
}

/// How many bytes a character has that begins like this; 0 when none does.
std::size_t length_of(unsigned char first) {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;  // the middle of a character, or one written too long
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

/// In parts of the size of the font: the letters of DejaVu Sans, which is wide.
double width_of(char32_t code) {
  const auto is_one_of = [code](std::string_view letters) {
    return code < 0x80 && letters.find(static_cast<char>(code)) != std::string_view::npos;
  };
  if (is_one_of("ijlI.,:;'| !")) return 0.34;
  if (is_one_of("frt()[]/-")) return 0.42;
  if (is_one_of("mMwW@%")) return 0.98;
  if (code >= 'A' && code <= 'Z') return 0.72;
  constexpr char32_t first_wide = 0x1100;
  return code < first_wide ? 0.62 : 1;
}

std::size_t bytes_that_fit(std::string_view text, double most, double size) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = first_character(text.substr(at));
    width += width_of(next.code) * size;
    if (width > most) return at;
    at += next.bytes;
  }
  return text.size();
}

}  // namespace

Character first_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  if (first < ' ' || first == 0x7f) return {' ', 1};
  const std::size_t length = length_of(first);
  if (length == 0 || length > text.size()) return {replacement, 1};
  if (length == 1) return {first, 1};
  char32_t code = first & (0x7f >> length);
  for (const char c : text.substr(1, length - 1)) {
    const auto next = static_cast<unsigned char>(c);
    if ((next & 0xc0) != 0x80) return {replacement, 1};
    code = code << 6 | (next & 0x3f);
  }
  constexpr char32_t least[] = {0, 0, 0, 0x800, 0x10000};  // for so many bytes
  if (code < least[length]) return {replacement, 1};
  if (code < 0xa0) return {' ', length};
  return {is_for_xml(code) ? code : replacement, length};
}

double width_of(std::string_view text, double size) {
  double width = 0;
  while (!text.empty()) {
    const Character next = first_character(text);
    width += width_of(next.code) * size;
    text.remove_prefix(next.bytes);
  }
  return width;
}

std::string cut_to(std::string_view text, double most, double size) {
  if (bytes_that_fit(text, most, size) == text.size()) return std::string(text);
  const std::size_t fit = bytes_that_fit(text, most - width_of(ellipsis, size), size);
  return std::string(text.substr(0, fit)).append(ellipsis);
}

std::vector<std::string> wrapped(std::string_view text, double most, double size,
                                 std::size_t most_lines) {
  std::vector<std::string> lines;
  while (lines.size() + 1 < most_lines && width_of(text, size) > most) {
    std::size_t end = bytes_that_fit(text, most, size);
    if (const std::size_t space = text.substr(0, end + 1).rfind(' ');
        space != std::string_view::npos && space > 0) {
      end = space;
    }
    end = std::max(end, first_character(text).bytes);
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(std::min(text.size(), end + (text[end] == ' ' ? 1 : 0)));
  }
  lines.push_back(cut_to(text, most, size));
  return lines;
}

std::string xml(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const Character next = first_character(text);
    switch (next.code) {
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '&':
        out += "&amp;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      case ' ':
        out += ' ';
        break;
      case replacement:
        out += "\ufffd";
        break;
      default:
        out += text.substr(0, next.bytes);
    }
    text.remove_prefix(next.bytes);
  }
  return out;
}

}  // namespace octet::view
