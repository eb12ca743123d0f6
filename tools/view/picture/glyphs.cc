#include "tools/view/picture/glyphs.h"

#include <fmt/format.h>

#include <array>

namespace octet::view {
namespace {

using trace::Event;

/// The shape is drawn around (0, 0); what says nothing else has lines and areas of the colour.
struct Glyph {
  std::string_view colour;
  std::string_view shape;
};

constexpr std::string_view disc = "<circle r='4.5' stroke='none'/>";
constexpr std::string_view small_disc = "<circle r='2.5' stroke='none'/>";
constexpr std::string_view diamond = "<path d='M0-6 6 0 0 6-6 0Z' stroke='none'/>";
constexpr std::string_view open_diamond = "<path d='M0-4.5 4.5 0 0 4.5-4.5 0Z' fill='#ffffff'/>";
constexpr std::string_view struck_diamond =
    "<path d='M0-4.5 4.5 0 0 4.5-4.5 0Z' fill='#ffffff'/><path d='M-5 5 5-5'/>";
constexpr std::string_view triangle = "<path d='M-6-5 5 0-6 5Z' stroke='none'/>";
constexpr std::string_view open_triangle = "<path d='M-5-5 6 0-5 5Z' fill='#ffffff'/>";
constexpr std::string_view square = "<path d='M-4-4H4V4H-4Z' stroke='none'/>";
constexpr std::string_view open_square = "<path d='M-4-4H4V4H-4Z' fill='#ffffff'/>";
constexpr std::string_view call = "<path d='M-5-4H5L0 5Z' stroke='none'/>";
constexpr std::string_view cross = "<path d='M-4.5-4.5 4.5 4.5M-4.5 4.5 4.5-4.5'/>";
constexpr std::string_view large_cross = "<path d='M-6-6 6 6M-6 6 6-6' stroke-width='3.5'/>";
constexpr std::string_view two_rings =
    "<circle cx='-2' r='3.5' fill='#ffffff'/><circle cx='2' r='3.5' fill='#ffffff'/>";
constexpr std::string_view struck_ring = "<circle r='4.5' fill='#ffffff'/><path d='M-3-3 3 3'/>";
constexpr std::string_view ring =
    "<circle r='5.5' fill='#ffffff' stroke-width='2.5'/><circle r='2' stroke='none'/>";
constexpr std::string_view two_bars = "<path d='M-3-5V5M3-5V5' stroke-width='3'/>";
constexpr std::string_view play = "<path d='M-4-5 5 0-4 5Z'/>";
constexpr std::string_view cut_line = "<path d='M-6 0H6M-4-4 4 4'/>";
constexpr std::string_view whole_line = "<path d='M-6 0H6'/>";
constexpr std::string_view clock_face =
    "<circle r='5.5' fill='#ffffff'/><path d='M0-4V0L3 2' fill='none'/>";
constexpr std::string_view disk =
    "<path d='M-5-5H5V5H-5Z' fill='#ffffff' stroke-width='2'/><path d='M0-3V1M0 2.5V3.5'/>";
constexpr std::string_view star = "<path d='M-6 0H6M-3-5 3 5M-3 5 3-5' stroke-width='2.5'/>";
constexpr std::string_view sheet =
    "<path d='M-4-5H4V5H-4Z' fill='#ffffff'/><path d='M-2-2H2M-2 1H2'/>";
constexpr std::string_view tick = "<path d='M-5 0-1.5 4 5-5' fill='none' stroke-width='2.5'/>";
constexpr std::string_view boxed_cross =
    "<path d='M-5-5H5V5H-5Z' fill='#ffffff'/><path d='M-2.5-2.5 2.5 2.5M-2.5 2.5 2.5-2.5'/>";
constexpr std::string_view question =
    "<text y='5' font-size='14' font-weight='bold' text-anchor='middle' stroke='none'>?</text>";

/// In the order of Event::Kind; for a result see below.
constexpr std::array<Glyph, 25> glyphs = {{
    {colour::green, disc},
    {colour::blue, disc},
    {colour::orange, diamond},
    {colour::green, triangle},
    {colour::blue, small_disc},
    {colour::orange, open_diamond},
    {colour::orange, struck_diamond},
    {colour::purple, open_square},
    {colour::purple, square},
    {colour::green, open_triangle},
    {colour::ink, call},
    {},
    {colour::red, cross},
    {colour::red, two_rings},
    {colour::red, struck_ring},
    {colour::red, large_cross},
    {colour::green, ring},
    {colour::yellow, two_bars},
    {colour::yellow, play},
    {colour::red, cut_line},
    {colour::green, whole_line},
    {colour::red, clock_face},
    {colour::red, disk},
    {colour::red, star},
    {colour::ink, sheet},
}};
static_assert(glyphs.size() == static_cast<std::size_t>(Event::Kind::note) + 1);

/// In the order of Outcome.
constexpr std::array<Glyph, 3> outcomes = {
    {{colour::green, tick}, {colour::red, boxed_cross}, {colour::orange, question}}};

Glyph glyph_of(const Event& event) {
  if (event.kind != Event::Kind::result) return glyphs[static_cast<std::size_t>(event.kind)];
  return outcomes[static_cast<std::size_t>(trace::outcome_of(event.name))];
}

}  // namespace

std::string glyph(const Event& event, double x, double y) {
  const Glyph glyph = glyph_of(event);
  return fmt::format(
      "<g class='{}' transform='translate({:.1f} {:.1f})' fill='{}' stroke='{}' "
      "stroke-width='1.6' stroke-linecap='round'>{}</g>",
      trace::name_of(event.kind), x, y, glyph.colour, glyph.colour, glyph.shape);
}

}  // namespace octet::view
