#pragma once

#include <string>
#include <vector>

#include "runtime/trace/trace.h"

namespace octet::grading {

/// The run in few lines: what went wrong, what came right before that, what applications said and
/// heard last, and how it ended. The lines say what nodes were told and what they told, and the
/// test's own notes; the rest is in the trace.
std::vector<std::string> story_of(const trace::Trace& trace);

}  // namespace octet::grading
