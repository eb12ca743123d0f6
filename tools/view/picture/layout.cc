#include "tools/view/picture/layout.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "runtime/untrusted_text.h"
#include "tools/view/picture/bands.h"
#include "tools/view/picture/label.h"
#include "tools/view/picture/labels.h"
#include "tools/view/picture/lanes.h"

namespace octet::view {
namespace {

using trace::Event;
using Kind = Event::Kind;

constexpr double place_of_notes = 100;
constexpr double at_ring = 12;      // where an arrow to a witness ends
constexpr double before_lane = 14;  // where a message dies that nobody took

/// 313 ms; of long times more digits, or neighbours look equal. As page/words.js writes it.
std::string axis_text(Duration at) {
  const auto count = static_cast<double>(at.count());
  if (count >= 1e9) return fmt::format("{:.4f} s", count / 1e9);
  if (count >= 1e6) return fmt::format("{:.4g} ms", count / 1e6);
  if (count >= 1e3) return fmt::format("{:.4g} \u00b5s", count / 1e3);
  return count == 0 ? "0" : fmt::format("{} ns", at.count());
}

class Planner {
 public:
  explicit Planner(const trace::Trace& trace)
      : trace_(trace), rows_(trace), links_(links_of(trace, rows_)), lanes_(trace, rows_, links_) {}

  Layout layout() {
    layout_ = {.width = lanes_.width(),
               .height = rows_.bottom(),
               .has_steep_names = lanes_.have_steep_names(),
               .lanes = lanes_.all(),
               .bands = bands_of(trace_, rows_, lanes_)};
    place_arrows();
    place_rows();
    return std::move(layout_);
  }

 private:
  const Event& event(std::uint64_t number) const { return trace_.events[number - 1]; }

  void place_arrows() {
    for (const Link& link : links_) {
      Arrow arrow{
          .from = start_of(link), .to = {}, .end = link.end, .is_of_client = is_of_client(link)};
      arrow.to = end_of(link, arrow.from);
      if (is_ringed(link.to)) arrow.before_end = at_ring;
      layout_.arrows.push_back(arrow);
      if (link.end == Arrow::End::lost) {
        crosses_[link.to] = {arrow.to, link.sent > 0 ? &event(link.sent) : nullptr};
      }
      // What is not told has a mark where its arrow begins or ends.
      for (const auto& [number, at] : {std::pair(link.from, arrow.from), {link.to, arrow.to}}) {
        const bool is_told = number == 0 || rows_.find(number) != nullptr;
        if (!is_told) layout_.marks.push_back({&event(number), at});
      }
    }
  }

  bool is_ringed(std::uint64_t number) const {
    const Rows::Row* const row = rows_.find(number);
    return row != nullptr && row->event.is_witness;
  }

  static bool is_of_client(const Link& link) {
    return !link.from_lane.is_of_node || !link.to_lane.is_of_node;
  }

  Point start_of(const Link& link) const {
    return {lanes_.x_of(link.from_lane).value_or(place_of_notes),
            link.from > 0 ? rows_.height_of_cause(link.from)
                          : rows_.height_of_effect(link.to) - beside_a_row};
  }

  /// What the network lost at once dies half-way; what a cut or a dead node stopped, near where it
  /// was to arrive.
  Point end_of(const Link& link, Point from) const {
    const double x = lanes_.x_of(link.to_lane).value_or(from.x + lanes_.between());
    const double side = x < from.x ? -1 : 1;
    // Before it comes to the lane of another.
    const double half_way = from.x + side * std::min(std::abs(x - from.x), lanes_.between()) / 2;
    if (link.end == Arrow::End::under_way) return {half_way, from.y + beside_a_row};
    const double y = rows_.height_of_effect(link.to);
    if (link.end == Arrow::End::arrives) return {x, y};
    const bool is_at_once = link.from > 0 && event(link.from).at == event(link.to).at;
    return {is_at_once ? half_way : x - side * before_lane, y};
  }

  void place_rows() {
    Labels labels(layout_);
    for (const Rows::Row& row : rows_.all()) {
      if (row.gap > 0) layout_.gaps.push_back({row.gap, row.event.left_out});
      place_row(row, labels);
      std::string time = axis_text(event(row.event.number).at);
      const bool is_new = layout_.times.empty() || layout_.times.back().text != time;
      if (is_new || row.gap > 0) layout_.times.push_back({row.y, std::move(time)});
    }
  }

  void place_row(const Rows::Row& row, Labels& labels) {
    const Event& each = event(row.event.number);
    const Point on_lane = {lanes_.x_of(lane_of(each)).value_or(place_of_notes), row.y};
    const auto cross = crosses_.find(row.event.number);
    const bool is_lost = cross != crosses_.end();
    layout_.marks.push_back({.event = &each,
                             .at = is_lost ? cross->second.at : on_lane,
                             .is_witness = row.event.is_witness});
    labels.add(layout_.marks.back(),
               printable(label_of(each, is_lost ? cross->second.message : nullptr)));
  }

  struct Cross {
    Point at;
    const Event* message = nullptr;
  };

  const trace::Trace& trace_;
  Rows rows_;
  std::vector<Link> links_;
  Lanes lanes_;
  std::map<std::uint64_t, Cross> crosses_;  // by the number of the loss
  Layout layout_;
};

}  // namespace

Layout layout_of(const trace::Trace& trace) {
  return Planner(trace).layout();
}

}  // namespace octet::view
