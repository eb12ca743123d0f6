#include "graders/dsl/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace octet::grading {

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
