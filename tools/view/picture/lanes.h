#pragma once

#include <map>
#include <optional>
#include <vector>

#include "tools/view/picture/layout.h"
#include "tools/view/picture/links.h"

namespace octet::view {

/// The lanes of all who are in the story, and how wide this makes the picture. Clients come first,
/// and each has its place in the trace's own list; whom the trace does not list comes last.
class Lanes {
 public:
  Lanes(const trace::Trace& trace, const Rows& rows, const std::vector<Link>& links);

  const std::vector<Lane>& all() const { return all_; }
  double between() const { return between_; }
  double width() const { return width_; }
  bool have_steep_names() const { return have_steep_names_; }

  /// Nothing for what happened to no node.
  std::optional<double> x_of(LaneId lane) const;

 private:
  std::vector<Lane> all_;
  std::map<LaneId, double> places_;
  double between_ = 0;
  double width_ = 0;
  bool have_steep_names_ = false;
};

}  // namespace octet::view
