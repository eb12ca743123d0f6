#include "tools/view/picture/typeset.h"

#include <algorithm>

#include "runtime/untrusted_text.h"

namespace octet::view {
namespace {

constexpr std::string_view ellipsis = "\u2026";

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

Character next_of(std::string_view text) {
  return first_character(text).value_or(Character{'?', 1});
}

std::size_t bytes_that_fit(std::string_view text, double most, double size) {
  double width = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Character next = next_of(text.substr(at));
    width += width_of(next.code) * size;
    if (width > most) return at;
    at += next.bytes;
  }
  return text.size();
}

/// Where the first line of a text ends, which is at a character at least when there is one.
std::size_t end_of_line(std::string_view text, double most, double size) {
  text = text.substr(0, text.find('\n'));
  const std::size_t fit = bytes_that_fit(text, most, size);
  if (fit == text.size()) return fit;
  const std::size_t space = text.rfind(' ', fit);
  if (space != std::string_view::npos && space > 0) return space;
  return std::max(fit, next_of(text).bytes);
}

}  // namespace

double width_of(std::string_view text, double size) {
  double width = 0;
  while (!text.empty()) {
    const Character next = next_of(text);
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
  while (lines.size() + 1 < most_lines) {
    const std::size_t end = end_of_line(text, most, size);
    if (end == text.size()) break;
    lines.emplace_back(text.substr(0, end));
    text.remove_prefix(text[end] == ' ' || text[end] == '\n' ? end + 1 : end);
  }
  lines.push_back(cut_to(text, most, size));
  return lines;
}

}  // namespace octet::view
