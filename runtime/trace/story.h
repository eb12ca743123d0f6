#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "runtime/trace/trace.h"

/// Which events tell a run in few lines: what went wrong, what came right before that, what
/// applications said and heard last, and how it ended. Of what nodes did, they are what they were
/// told and what they told; the rest is in the trace.
namespace octet::trace {

struct StoryEvent {
  std::uint64_t number = 0;  // from 1
  std::size_t left_out = 0;  // how many between the one before and this are as worth telling
  bool is_witness = false;   // it shows the violation, or led to an event that does
};

/// In the order of the trace. Every witness that can be told is among them.
std::vector<StoryEvent> story_events(const Trace& trace);

}  // namespace octet::trace
