#pragma once

#include <string>
#include <string_view>
#include <vector>

/// Printable text in a picture: how wide it is, and what of it fits.
namespace octet::view {

/// In units of the picture, with one of the wider fonts that a browser may choose.
double width_of(std::string_view text, double size);

/// The text, or as much of its beginning as fits, and then "…".
std::string cut_to(std::string_view text, double most, double size);

/// Its lines, broken at spaces where they are wider than that; what is too much for the last line
/// is cut.
std::vector<std::string> wrapped(std::string_view text, double most, double size,
                                 std::size_t most_lines);

}  // namespace octet::view
