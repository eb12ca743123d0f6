#pragma once

#include <compare>
#include <cstdint>
#include <vector>

#include "tools/view/picture/layout.h"
#include "tools/view/picture/rows.h"

namespace octet::view {

/// Whose line something is on. Clients come before nodes.
struct LaneId {
  bool is_of_node = false;
  std::uint32_t number = 0;

  auto operator<=>(const LaneId&) const = default;
};

LaneId lane_of(const trace::Event& event);

/// What goes from one lane to another and has an end in the story: a message, a client's call, the
/// result of one.
struct Link {
  std::uint64_t from = 0;  // number of the event that it leaves from; 0: the trace has none
  std::uint64_t to = 0;    // of the one that it leads to; 0: it was under way at the end
  std::uint64_t sent = 0;  // number of the message's send, when there is one
  LaneId from_lane;
  LaneId to_lane;
  Arrow::End end = Arrow::End::arrives;
};

/// In the order of their ends.
std::vector<Link> links_of(const trace::Trace& trace, const Rows& rows);

}  // namespace octet::view
