#include "tools/view/picture/drawing.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "runtime/untrusted_text.h"
#include "tools/view/picture/glyphs.h"
#include "tools/view/picture/label.h"
#include "tools/view/picture/labels.h"
#include "tools/view/picture/typeset.h"

namespace octet::view {
namespace {

constexpr double below_middle = 4;  // where a line of text stands that is level with a mark
constexpr double above_lanes = 12;
constexpr double half_a_band = 12;
constexpr double half_a_gap = 10;

void draw_lane(std::ostream& out, const Lane& lane, const Layout& layout) {
  // A long name of the first lane begins beside the head of the times.
  const double least = Layout::time_right + 8 + width_of(lane.name, label_size) / 2;
  const std::string place = layout.has_steep_names
                                ? fmt::format("transform='translate({:.1f} {:.1f}) rotate(-50)'",
                                              lane.x + 4, -above_lanes)
                                : fmt::format("x='{:.1f}' y='{:.1f}' text-anchor='middle'",
                                              std::max(lane.x, least), -above_lanes);
  fmt::print(out, "<text class='lane' {} font-weight='bold'>{}</text>\n", place, lane.name);
  fmt::print(out, "<path d='M{:.1f} 0V{:.1f}' stroke='{}' stroke-width='1.5'/>\n", lane.x,
             layout.height, colour::line);
}

/// One who is down has no line.
void draw_band(std::ostream& out, const Band& band) {
  const auto draw_area = [&](std::string_view attributes) {
    fmt::print(out, "<rect x='{:.1f}' y='{:.1f}' width='{:.1f}' height='{:.1f}' {}/>\n",
               band.x - half_a_band, band.top, 2 * half_a_band, band.bottom - band.top, attributes);
  };
  if (band.is_down) {
    draw_area(fmt::format("fill='{}'", colour::paper));
    draw_area("class='down' fill='url(#hatching)'");
  } else {
    draw_area(fmt::format("class='paused' fill='{}' fill-opacity='0.35'", colour::yellow));
  }
}

/// A strip with torn edges.
void draw_gap(std::ostream& out, const Gap& gap, double width) {
  std::string edges;
  for (const double y : {gap.y - half_a_gap, gap.y + half_a_gap}) {
    edges += fmt::format("M0 {:.1f}", y);
    for (int x = 0; x < width; x += 10) edges += "l5-3 5 3";
  }
  fmt::print(out, "<rect y='{:.1f}' width='{:.1f}' height='{:.1f}' fill='{}'/>\n",
             gap.y - half_a_gap, width, 2 * half_a_gap, colour::shade);
  fmt::print(out, "<path d='{}' fill='none' stroke='{}' stroke-width='0.8'/>\n", edges,
             colour::line);
  fmt::print(out, "<text class='gap' x='12' y='{:.1f}' fill='{}'>\u2026 {} left out</text>\n",
             gap.y + below_middle, colour::quiet, gap.left_out);
}

/// From a lane to itself it goes round on the left.
std::string path_of(const Arrow& arrow, Point to) {
  const Point from = arrow.from;
  if (arrow.from.x != arrow.to.x) {
    return fmt::format("M{:.1f} {:.1f}L{:.1f} {:.1f}", from.x, from.y, to.x, to.y);
  }
  return fmt::format("M{0:.1f} {1:.1f}C{2:.1f} {1:.1f} {2:.1f} {3:.1f} {4:.1f} {3:.1f}", from.x,
                     from.y, from.x - 24, to.y, to.x);
}

std::string_view colour_of(const Arrow& arrow) {
  if (arrow.end == Arrow::End::lost) return colour::red;
  return arrow.is_of_client ? colour::green : colour::blue;
}

void draw_head(std::ostream& out, const Arrow& arrow, Point at, double direction) {
  fmt::print(out, "<path d='{}' transform='translate({:.1f} {:.1f}) rotate({:.1f})' fill='{}'/>\n",
             arrow.is_of_client ? "M0 0-7 3-7-3Z" : "M0 0-10 4-10-4Z", at.x, at.y,
             direction * 180 / std::numbers::pi, colour_of(arrow));
}

std::string_view class_of(Arrow::End end) {
  if (end == Arrow::End::lost) return "lost-message";
  return end == Arrow::End::arrives ? "arrow" : "under-way";
}

void draw_arrow(std::ostream& out, const Arrow& arrow) {
  const bool is_to_itself = arrow.from.x == arrow.to.x;
  const double direction =
      is_to_itself ? 0 : std::atan2(arrow.to.y - arrow.from.y, arrow.to.x - arrow.from.x);
  const bool arrives = arrow.end == Arrow::End::arrives;
  const double back = arrives ? arrow.before_end : 0;
  const Point to = {arrow.to.x - back * std::cos(direction),
                    arrow.to.y - back * std::sin(direction)};
  fmt::print(out, "<path class='{}' d='{}' fill='none' stroke='{}' stroke-width='{}'{}/>\n",
             class_of(arrow.end), path_of(arrow, to), colour_of(arrow),
             arrow.is_of_client ? 1 : 1.3,
             arrow.end == Arrow::End::under_way ? " stroke-dasharray='6 5'" : "");
  if (arrives) draw_head(out, arrow, to, direction);
  if (arrow.end == Arrow::End::under_way) {
    fmt::print(out, "<circle cx='{:.1f}' cy='{:.1f}' r='4' fill='{}' stroke='{}'/>\n", to.x, to.y,
               colour::paper, colour_of(arrow));
  }
}

void draw_mark(std::ostream& out, const Mark& mark) {
  out << glyph(*mark.event, mark.at.x, mark.at.y) << '\n';
  if (!mark.is_witness) return;
  fmt::print(out,
             "<circle class='witness' cx='{:.1f}' cy='{:.1f}' r='11' fill='none' stroke='{}' "
             "stroke-width='3'/>\n",
             mark.at.x, mark.at.y, colour::red);
}

std::string_view colour_of(Loudness loudness) {
  if (loudness == Loudness::fault) return colour::red;
  return loudness == Loudness::quiet ? colour::quiet : colour::ink;
}

void draw_label(std::ostream& out, const Label& label) {
  fmt::print(out, "<text class='label' x='{:.1f}' y='{:.1f}' fill='{}'{}>{}</text>\n", label.at.x,
             label.at.y, colour_of(loudness_of(label.kind)),
             label.is_left ? " text-anchor='end'" : "", xml_escaped(label.text));
}

void draw_times(std::ostream& out, const Layout& layout) {
  const auto draw_one = [&](double y, std::string_view text) {
    fmt::print(out, "<text class='time' x='{:.1f}' y='{:.1f}'>{}</text>\n", Layout::time_right, y,
               text);
  };
  fmt::print(out, "<g text-anchor='end' fill='{}'>\n", colour::quiet);
  draw_one(-above_lanes, "time");
  for (const Time& time : layout.times) draw_one(time.y + below_middle, time.text);
  out << "</g>\n";
}

}  // namespace

void draw_definitions(std::ostream& out) {
  fmt::print(out,
             "<defs><pattern id='hatching' width='6' height='6' patternUnits='userSpaceOnUse' "
             "patternTransform='rotate(45)'><path d='M0 0V6' stroke='{}'/></pattern></defs>\n",
             colour::faint);
}

void draw(std::ostream& out, const Layout& layout) {
  for (const Lane& lane : layout.lanes) draw_lane(out, lane, layout);
  for (const Band& band : layout.bands) draw_band(out, band);
  for (const Gap& gap : layout.gaps) draw_gap(out, gap, layout.width);
  draw_times(out, layout);
  for (const Arrow& arrow : layout.arrows) draw_arrow(out, arrow);
  for (const Mark& mark : layout.marks) draw_mark(out, mark);
  // A white edge keeps them readable where they cross a line.
  fmt::print(out, "<g paint-order='stroke' stroke='{}' stroke-width='4' stroke-linejoin='round'>\n",
             colour::paper);
  for (const Label& label : layout.labels) draw_label(out, label);
  out << "</g>\n";
}

}  // namespace octet::view
