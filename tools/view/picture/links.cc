#include "tools/view/picture/links.h"

#include <map>

namespace octet::view {
namespace {

using trace::Event;
using Kind = Event::Kind;

bool ends_a_message(Kind kind) {
  return kind == Kind::deliver || kind == Kind::undecodable || kind == Kind::lose;
}

class Links {
 public:
  Links(const trace::Trace& trace, const Rows& rows) : trace_(trace), rows_(rows) {
    for (std::uint64_t number = 1; number <= trace.events.size(); ++number) add(number);
    for (const auto& [id, number] : under_way_) {
      const Event& send = event(number);
      all.push_back({.from = number,
                     .from_lane = lane_of(send),
                     .to_lane = {true, send.peer.value},
                     .end = Arrow::End::under_way});
    }
  }

  std::vector<Link> all;

 private:
  const Event& event(std::uint64_t number) const { return trace_.events[number - 1]; }

  void add(std::uint64_t number) {
    const Event& event = this->event(number);
    const bool is_told = rows_.find(number) != nullptr;
    if (event.kind == Kind::send && event.id > 0) {
      sent_[event.id] = number;
      if (is_told) under_way_[event.id] = number;
    }
    if (ends_a_message(event.kind)) {
      if (is_told) add_message(number);
      under_way_.erase(event.id);
    }
    if (event.cause == 0 || event.cause >= number) return;
    const bool is_of_story = is_told || rows_.find(event.cause) != nullptr;
    if (is_of_story && event.is_of_client() != this->event(event.cause).is_of_client()) {
      all.push_back({.from = event.cause,
                     .to = number,
                     .from_lane = lane_of(this->event(event.cause)),
                     .to_lane = lane_of(event)});
    }
  }

  /// A delivery is on the lane of the receiver, a loss on that of the sender.
  void add_message(std::uint64_t number) {
    const Event& event = this->event(number);
    const bool is_lost = event.kind == Kind::lose;
    const LaneId other = {true, event.peer.value};
    const auto found = sent_.find(event.id);
    const std::uint64_t sent = found == sent_.end() ? 0 : found->second;
    all.push_back({.from = sent == 0 ? 0 : start_of(sent),
                   .to = number,
                   .sent = sent,
                   .from_lane = is_lost ? lane_of(event) : other,
                   .to_lane = is_lost ? other : lane_of(event),
                   .end = is_lost ? Arrow::End::lost : Arrow::End::arrives});
  }

  /// What a handler sends at once leaves from the handler's row, when that is told.
  std::uint64_t start_of(std::uint64_t number) const {
    const Event& send = event(number);
    if (send.cause == 0 || send.cause >= number || rows_.find(number) != nullptr) return number;
    const Event& handler = event(send.cause);
    const bool leaves_there = rows_.find(send.cause) != nullptr && handler.at == send.at &&
                              lane_of(handler) == lane_of(send);
    return leaves_there ? send.cause : number;
  }

  const trace::Trace& trace_;
  const Rows& rows_;
  std::map<std::uint64_t, std::uint64_t> sent_;       // the last send of each id
  std::map<std::uint64_t, std::uint64_t> under_way_;  // those that the story tells
};

}  // namespace

LaneId lane_of(const Event& event) {
  return {!event.is_of_client(), event.node.value};
}

std::vector<Link> links_of(const trace::Trace& trace, const Rows& rows) {
  return std::move(Links(trace, rows).all);
}

}  // namespace octet::view
