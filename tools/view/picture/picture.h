#pragma once

#include <ostream>

#include "runtime/trace/trace.h"

/// The story of a run (runtime/trace/story.h) as a space-time picture: one SVG file that needs
/// nothing else, for handouts, slides and print.
namespace octet::view {

/// It is well-formed whatever the trace holds, and the same trace gives the same bytes.
void write_picture(std::ostream& out, const trace::Trace& trace);

}  // namespace octet::view
