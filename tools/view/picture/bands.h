#pragma once

#include <vector>

#include "tools/view/picture/lanes.h"

namespace octet::view {

/// When nodes were down or paused, also where the story does not tell when that began.
std::vector<Band> bands_of(const trace::Trace& trace, const Rows& rows, const Lanes& lanes);

}  // namespace octet::view
