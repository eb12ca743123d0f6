#include "tools/view/picture/bands.h"

#include <utility>

namespace octet::view {
namespace {

using Kind = trace::Event::Kind;

class Bands {
 public:
  Bands(const Rows& rows, const Lanes& lanes) : rows_(rows), lanes_(lanes) {}

  void add(const trace::Event& event, double y) {
    switch (event.kind) {
      case Kind::pause:
        return begin(event.node, false, y);
      case Kind::resume:
        return end(event.node, false, y);
      case Kind::crash:
        end(event.node, false, y);
        return begin(event.node, true, y);
      case Kind::fail:
        return begin(event.node, true, y);
      case Kind::restart:
      case Kind::start:
        return end(event.node, true, y);
      default:
        return;
    }
  }

  std::vector<Band> all() {
    while (!open_.empty())
      end(open_.begin()->first.first, open_.begin()->first.second, rows_.bottom());
    return std::move(all_);
  }

 private:
  void begin(NodeId node, bool is_down, double y) {
    const auto x = lanes_.x_of({true, node.value});
    if (x) open_.try_emplace({node, is_down}, Band{is_down, *x, y, y});
  }

  void end(NodeId node, bool is_down, double y) {
    const auto found = open_.extract({node, is_down});
    if (found.empty() || found.mapped().top >= y) return;
    all_.push_back(found.mapped());
    all_.back().bottom = y;
  }

  const Rows& rows_;
  const Lanes& lanes_;
  std::map<std::pair<NodeId, bool>, Band> open_;  // by node, and whether it is down
  std::vector<Band> all_;
};

}  // namespace

std::vector<Band> bands_of(const trace::Trace& trace, const Rows& rows, const Lanes& lanes) {
  Bands bands(rows, lanes);
  for (std::uint64_t number = 1; number <= trace.events.size(); ++number) {
    bands.add(trace.events[number - 1], rows.height_of_cause(number));
  }
  return bands.all();
}

}  // namespace octet::view
