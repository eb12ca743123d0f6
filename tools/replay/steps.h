#pragma once

#include <cstdint>
#include <optional>
#include <ostream>

#include "runtime/trace/trace.h"

/// A run told step by step, in a terminal.
namespace octet::replay {

/// What of a run is to be told.
struct Selection {
  std::optional<std::uint64_t> until = {};  // the event with this number is the last, from 1
  std::optional<std::uint32_t> node = {};   // what happens at this node alone
};

/// Throws lab::UsageError when the trace has no such event or node.
void check(const trace::Trace& trace, const Selection& selection);

/// The head; a line for each event, below it what it changed in the state of its node; and, with
/// `until`, what every node knows then.
void write_steps(std::ostream& out, const trace::Trace& trace, const Selection& selection);

}  // namespace octet::replay
