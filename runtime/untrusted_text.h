#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

/// Bytes that somebody else has made up, as text: what a solution prints, what a trace holds.
namespace octet {

/// A character, and how many bytes of UTF-8 it takes.
struct Character {
  char32_t code = 0;
  std::size_t bytes = 0;
};

/// The character that a text begins with, which is not empty. Nothing when that is no UTF-8 (RFC
/// 3629, section 4).
std::optional<Character> first_character(std::string_view text);

/// The text as valid UTF-8 without control characters except line feed and tab, so that it breaks
/// neither a terminal nor JSON nor XML. Bytes that are not text come out as \xNN.
std::string printable(std::string_view bytes);

/// What is printable, as the content of an element of XML, or of an attribute in quotes.
std::string xml_escaped(std::string_view text);

}  // namespace octet
