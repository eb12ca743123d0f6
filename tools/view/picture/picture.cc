#include "tools/view/picture/picture.h"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "runtime/trace/story.h"
#include "runtime/trace/text.h"
#include "runtime/untrusted_text.h"
#include "tools/view/picture/drawing.h"
#include "tools/view/picture/glyphs.h"
#include "tools/view/picture/labels.h"
#include "tools/view/picture/layout.h"
#include "tools/view/picture/typeset.h"

namespace octet::view {
namespace {

constexpr double margin = 20;
constexpr double title_size = 17;
constexpr double title_line = 34;
constexpr double verdict_size = 13;
constexpr double verdict_line = 18;
constexpr double of_bold = 1.12;  // how much wider it is
constexpr std::size_t most_verdict_lines = 8;
constexpr double above_lanes = 44;  // for their names
constexpr double above_lanes_when_steep = 90;
constexpr double most_width_in_words = 2000;  // of an event in the description

std::string title_of(const trace::Trace& trace) {
  return trace.title.empty() ? "a run" : printable(trace.title);
}

std::string verdict_of(const trace::Trace& trace) {
  return trace.violation.empty() ? "no property was violated" : printable(trace.violation);
}

/// In words, for who cannot see it.
void write_description(std::ostream& out, const trace::Trace& trace) {
  fmt::print(out, "<title>{}</title>\n<desc>{}", xml_escaped(title_of(trace)),
             xml_escaped(verdict_of(trace)));
  for (const trace::StoryEvent& each : trace::story_events(trace)) {
    if (each.left_out > 0) fmt::print(out, "\n... {} left out ...", each.left_out);
    const trace::Event& event = trace.events[each.number - 1];
    const std::string words = printable(trace::in_words(event));
    fmt::print(out, "\n{}  {}: {}", trace::time_text(event.at), trace::place_of(event),
               xml_escaped(cut_to(words, most_width_in_words, label_size)));
  }
  out << "</desc>\n";
}

void write_head(std::ostream& out, const trace::Trace& trace,
                const std::vector<std::string>& verdict, double width) {
  fmt::print(out, "<text x='{}' y='{}' font-size='{}' font-weight='bold'>{}</text>\n", margin,
             title_line, title_size,
             xml_escaped(cut_to(title_of(trace), width - 2 * margin, title_size * of_bold)));
  fmt::print(out, "<g font-size='{}' font-weight='600' fill='{}'>\n", verdict_size,
             trace.violation.empty() ? colour::green : colour::red);
  double y = title_line + 4;
  for (const std::string& line : verdict) {
    fmt::print(out, "<text class='verdict' x='{}' y='{}'>{}</text>\n", margin, y += verdict_line,
               xml_escaped(line));
  }
  out << "</g>\n";
}

}  // namespace

void write_picture(std::ostream& out, const trace::Trace& trace) {
  const Layout layout = layout_of(trace);
  const std::vector<std::string> verdict =
      wrapped((trace.violation.empty() ? "" : "\u2715 ") + verdict_of(trace),
              layout.width - 2 * margin, verdict_size * of_bold, most_verdict_lines);
  const double top = title_line + verdict_line * static_cast<double>(verdict.size()) +
                     (layout.has_steep_names ? above_lanes_when_steep : above_lanes);
  fmt::print(out,
             "<svg xmlns='http://www.w3.org/2000/svg' role='img' viewBox='0 0 {0:.0f} {1:.0f}' "
             "width='{0:.0f}' height='{1:.0f}' font-family='system-ui, sans-serif' "
             "font-size='{2}' fill='{3}'>\n",
             layout.width, top + layout.height + margin, label_size, colour::ink);
  write_description(out, trace);
  draw_definitions(out);
  // Its own ground, for pages that are dark.
  fmt::print(out, "<rect width='100%' height='100%' rx='10' fill='{}'/>\n", colour::paper);
  write_head(out, trace, verdict, layout.width);
  fmt::print(out, "<g transform='translate(0 {:.0f})'>\n", top);
  draw(out, layout);
  out << "</g>\n</svg>\n";
}

}  // namespace octet::view
