#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Text in a picture: how wide it is, what of it fits, and how SVG holds it. The strings of a trace
/// may have any bytes: what is not UTF-8, or nothing that XML can hold, is shown as U+FFFD, and a
/// control character as a space.
namespace octet::view {

/// A character, and how many bytes of the text it takes.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;
};

/// The first character of a text that is not empty.
Character first_character(std::string_view text);

/// In units of the picture, with one of the wider fonts that a browser may choose.
double width_of(std::string_view text, double size);

/// The text, or as much of its beginning as fits, and then "…".
std::string cut_to(std::string_view text, double most, double size);

/// Broken at spaces into lines of at most that width; what is too much for the last line is cut.
std::vector<std::string> wrapped(std::string_view text, double most, double size,
                                 std::size_t most_lines);

/// As the content of an element, or of an attribute in quotes.
std::string xml(std::string_view text);

}  // namespace octet::view
