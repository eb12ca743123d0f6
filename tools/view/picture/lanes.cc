#include "tools/view/picture/lanes.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "tools/view/picture/labels.h"
#include "tools/view/picture/typeset.h"

namespace octet::view {
namespace {

constexpr double most_width = 1000;
constexpr double least_width = 560;
constexpr double first_lane = 140;
constexpr double most_between = 240;
constexpr double between_names = 8;
constexpr double room_on_right = 330;        // of the last lane, for its labels
constexpr double room_on_left = 290;         // of the first one, when there are few lanes
constexpr double least_room_on_right = 215;  // when there are many lanes

std::vector<LaneId> in_order(const trace::Trace& trace, const Rows& rows,
                             const std::vector<Link>& links) {
  std::set<LaneId> used;
  for (const Rows::Row& row : rows.all()) {
    used.insert(lane_of(trace.events[row.event.number - 1]));
  }
  for (const Link& link : links) used.insert({link.from_lane, link.to_lane});
  used.erase({true, 0});  // what happened to no node
  std::vector<LaneId> order;
  const auto take = [&](LaneId lane) {
    if (used.erase(lane) > 0) order.push_back(lane);
  };
  for (const trace::ClientId client : trace.clients) take({false, client.value});
  for (const NodeId node : trace.nodes) take({true, node.value});
  order.insert(order.end(), used.begin(), used.end());
  return order;
}

}  // namespace

Lanes::Lanes(const trace::Trace& trace, const Rows& rows, const std::vector<Link>& links) {
  const std::vector<LaneId> order = in_order(trace, rows, links);
  const double gaps = std::max<double>(1, static_cast<double>(order.size()) - 1);
  between_ = std::min(most_between, (most_width - first_lane - least_room_on_right) / gaps);
  const double needed = first_lane + between_ * gaps + room_on_right;
  const double spare = std::clamp(most_width - needed, 0.0, room_on_left);
  double x = first_lane + (order.size() > 1 ? spare : 0);
  for (const LaneId lane : order) {
    all_.push_back({fmt::format("{} {}", lane.is_of_node ? "node" : "client", lane.number), x});
    have_steep_names_ |= width_of(all_.back().name, label_size) + between_names > between_;
    places_[lane] = x;
    x += between_;
  }
  width_ = std::clamp(x - between_ + room_on_right, least_width, most_width);
}

std::optional<double> Lanes::x_of(LaneId lane) const {
  const auto found = places_.find(lane);
  return found == places_.end() ? std::nullopt : std::optional(found->second);
}

}  // namespace octet::view
