#pragma once

#include <ostream>

#include "tools/view/picture/layout.h"

namespace octet::view {

/// What the <pattern> of the hatching is: a node that is down has it.
void draw_definitions(std::ostream& out);

/// Lanes, arrows, marks and labels, with the later ones above the earlier.
void draw(std::ostream& out, const Layout& layout);

}  // namespace octet::view
