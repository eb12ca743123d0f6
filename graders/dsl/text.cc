#include "graders/dsl/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>

namespace octet::grading {
namespace {

std::size_t announced_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xc2 && first < 0xe0) return 2;
  if (first >= 0xe0 && first < 0xf0) return 3;
  if (first >= 0xf0 && first < 0xf5) return 4;
  return 0;
}

bool is_forbidden(std::uint32_t code_point) {
  const bool control = (code_point < 0x20 && code_point != '\n' && code_point != '\t') ||
                       (code_point >= 0x7f && code_point < 0xa0);
  const bool surrogate = code_point >= 0xd800 && code_point < 0xe000;
  const bool noncharacter = (code_point & 0xfffe) == 0xfffe;  // XML has no way to say these
  return control || surrogate || noncharacter || code_point > 0x10ffff;
}

/// The length of the harmless character that the text begins with, or 0.
std::size_t good_character(std::string_view text) {
  const auto first = static_cast<unsigned char>(text.front());
  const std::size_t length = announced_length(first);
  if (length == 0 || length > text.size()) return 0;
  std::uint32_t code_point = length == 1 ? first : first & (0x7fu >> length);
  for (std::size_t i = 1; i < length; ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xc0) != 0x80) return 0;
    code_point = code_point << 6 | (byte & 0x3fu);
  }
  const bool overlong =
      (length == 3 && code_point < 0x800) || (length == 4 && code_point < 0x10000);
  return overlong || is_forbidden(code_point) ? 0 : length;
}

}  // namespace

std::string printable(std::string_view bytes) {
  std::string text;
  text.reserve(bytes.size());
  while (!bytes.empty()) {
    const std::size_t length = good_character(bytes);
    if (length == 0) {
      text += fmt::format("\\x{:02x}", static_cast<unsigned char>(bytes.front()));
    } else {
      text += bytes.substr(0, length);
    }
    bytes.remove_prefix(std::max<std::size_t>(length, 1));
  }
  return text;
}

std::string_view first_lines(std::string_view text, std::size_t lines) {
  std::size_t end = 0;
  for (; lines > 0 && end < text.size(); --lines)
    end = std::min(text.find('\n', end), text.size()) + 1;
  text = text.substr(0, end);
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  return text;
}

std::string_view last_lines(std::string_view text, std::size_t lines) {
  while (!text.empty() && text.back() == '\n') text.remove_suffix(1);
  std::size_t begin = text.size();
  while (lines > 0 && begin != std::string_view::npos && begin > 0) {
    begin = text.rfind('\n', begin - 1);
    --lines;
  }
  if (begin == std::string_view::npos || begin == 0) return text;
  return text.substr(begin + 1);
}

std::string shortened(std::string_view text, std::size_t most) {
  if (text.size() <= most) return std::string(text);
  const auto continues = [&](std::size_t i) {
    return (static_cast<unsigned char>(text[i]) & 0xc0) == 0x80;
  };
  while (most > 0 && continues(most)) --most;
  return fmt::format("{}... ({} more)", text.substr(0, most),
                     count_of(text.size() - most, "byte", "bytes"));
}

std::string count_of(std::size_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", count, count == 1 ? one : many);
}

void CappedText::append(std::string_view bytes) {
  total_ += bytes.size();
  const std::size_t room = std::min(half - head_.size(), bytes.size());
  head_ += bytes.substr(0, room);
  tail_ += bytes.substr(room);
  if (tail_.size() > 2 * half) tail_.erase(0, tail_.size() - half);
}

std::string CappedText::text() const {
  const std::size_t kept = head_.size() + tail_.size();
  if (kept == total_) return head_ + tail_;
  return fmt::format("{}\n... {} bytes left out ...\n{}", head_, total_ - kept, tail_);
}

}  // namespace octet::grading
