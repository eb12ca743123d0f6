#include "range_map.h"

#include "runtime/check.h"

namespace octet::placement {

RangeMap::RangeMap(NodeId first_owner) {
  YOUR_CODE_HERE;
}

Range RangeMap::range_of(std::string_view key) const {
  YOUR_CODE_HERE;
}

std::vector<Range> RangeMap::ranges() const {
  YOUR_CODE_HERE;
}

bool RangeMap::split(std::string_view at, NodeId upper_owner) {
  YOUR_CODE_HERE;
}

bool RangeMap::merge(std::string_view at) {
  YOUR_CODE_HERE;
}

bool RangeMap::move(std::string_view begin, NodeId to) {
  YOUR_CODE_HERE;
}

}  // namespace octet::placement
