#pragma once

#include <string>
#include <string_view>

#include "runtime/trace/event.h"

/// The marks and colours of page/glyphs.js, as SVG: one language in the page and in the picture.
namespace octet::view {

namespace colour {
constexpr std::string_view paper = "#ffffff";
constexpr std::string_view shade = "#f1f3f5";
constexpr std::string_view ink = "#16191d";
constexpr std::string_view quiet = "#4b5560";
constexpr std::string_view faint = "#66707b";
constexpr std::string_view line = "#98a2ad";
constexpr std::string_view blue = "#0067a6";
constexpr std::string_view orange = "#b35c00";
constexpr std::string_view green = "#007a5a";
constexpr std::string_view purple = "#9b4a86";
constexpr std::string_view red = "#c22f00";
constexpr std::string_view yellow = "#c99700";
}  // namespace colour

/// Some 5 units to each side of its place. Of a result it is that of its outcome.
std::string glyph(const trace::Event& event, double x, double y);

}  // namespace octet::view
