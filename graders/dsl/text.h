#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace octet::grading {

/// The first or last lines of a text, at most `lines` of them, without the last line feed.
std::string_view first_lines(std::string_view text, std::size_t lines);
std::string_view last_lines(std::string_view text, std::size_t lines);

/// The text when it has no more than `most` bytes; otherwise its beginning, and how much is left
/// out. Cuts UTF-8 between characters.
std::string shortened(std::string_view text, std::size_t most);

/// "1 process", "2 processes".
std::string count_of(std::size_t count, std::string_view one, std::string_view many);

/// Keeps the beginning and the end of a stream that may never end.
class CappedText {
 public:
  void append(std::string_view bytes);
  std::size_t total() const { return total_; }
  std::string text() const;
  std::string_view tail() const { return tail_.empty() ? head_ : tail_; }

 private:
  static constexpr std::size_t half = 16 << 10;
  std::string head_;
  std::string tail_;
  std::size_t total_ = 0;
};

}  // namespace octet::grading
