#include "tools/view/picture/labels.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "tools/view/picture/typeset.h"

namespace octet::view {
namespace {

constexpr double most_width = 340;       // some 46 letters
constexpr double most_of_note = 700;     // which is a sentence
constexpr double beside_mark = 11;       // from its middle
constexpr double beside_ring = 15;       // that a witness has
constexpr double margin = 14;            // of the picture
constexpr double least_width = 140;      // that says something
constexpr double nothing_left = 10'000;  // what it costs to say less
constexpr double of_what_is_cut = 0.5;   // what it costs, beside what arrows go through
constexpr double baseline = 4;           // below the middle of a line
constexpr double half_height = 7;        // of a line

/// How much of the line from `a` to `b` is between two heights or two columns, as parts of it.
void clip(double a, double b, double low, double high, double& from, double& to) {
  if (a == b) {
    if (a < low || a > high) to = from;
    return;
  }
  const auto [first, last] = std::minmax({(low - a) / (b - a), (high - a) / (b - a)});
  from = std::max(from, first);
  to = std::min(to, last);
}

}  // namespace

void Labels::add(const Mark& mark, const std::string& text) {
  const double away = mark.is_witness ? beside_ring : beside_mark;
  const double on_right = layout_.width - margin - (mark.at.x + away);
  const double on_left = mark.at.x - away - Layout::time_right - margin;
  const double most = mark.event->kind == trace::Event::Kind::note ? most_of_note : most_width;
  const double wanted = std::min(most, width_of(text, label_size));
  double least = std::numeric_limits<double>::max();
  Label best;
  for (const bool is_left : {false, true}) {
    const double room = std::min(wanted, is_left ? on_left : on_right);
    const double some = std::min(wanted, least_width);
    for (const double shift : {0.0, 8.0, -8.0}) {
      const Label label{.at = {mark.at.x + (is_left ? -away : away), mark.at.y + baseline + shift},
                        .is_left = is_left,
                        .text = cut_to(text, room, label_size),
                        .kind = mark.event->kind};
      // Level with the mark, on its right, and whole, it is easiest to read.
      const double cost = disturbance(label) + (shift == 0 ? 0 : 6) + (is_left ? 3 : 0) +
                          (wanted - room) * of_what_is_cut + (room < some ? nothing_left : 0);
      if (cost >= least) continue;
      least = cost;
      best = label;
    }
  }
  layout_.labels.push_back(best);
}

Labels::Box Labels::box_of(const Label& label) const {
  const double width = width_of(label.text, label_size);
  const double middle = label.at.y - baseline;
  const double left = label.is_left ? label.at.x - width : label.at.x;
  return {{left, middle - half_height}, {left + width, middle + half_height}};
}

/// How far arrows go through it.
double Labels::disturbance(const Label& label) const {
  const Box box = box_of(label);
  double sum = 0;
  for (const Arrow& arrow : layout_.arrows) {
    double from = 0;
    double to = 1;
    clip(arrow.from.x, arrow.to.x, box.from.x, box.to.x, from, to);
    clip(arrow.from.y, arrow.to.y, box.from.y, box.to.y, from, to);
    if (from < to)
      sum += (to - from) * std::hypot(arrow.to.x - arrow.from.x, arrow.to.y - arrow.from.y);
  }
  return sum;
}

}  // namespace octet::view
