#pragma once

#include <cstdint>
#include <ostream>
#include <vector>

#include "runtime/trace/trace.h"

/// What the clients of a run did and got, without anything of the nodes: what a checker of
/// linearizability needs (Herlihy and Wing 1990).
///
///     {"octet_history":1,"title":"Register.Lost","seed":7,"clients":[1,2],"end":9000000}
///     {"client":1,"call":1000,"return":5000,"op":"Store","arguments":{"value":7},
///      "outcome":"ok","result":{"version":1},"events":[3,12]}
///     {"client":2,"call":2000,"op":"Read","arguments":{},"outcome":"unknown","events":[5]}
///     {"operations":2}
///
/// The first line is the head, with the version; then comes a line for each operation, in the order
/// of their calls (it is broken here to fit); the last one has their number, so that a file that
/// was cut off is noticed. Times count nanoseconds since the start of the world.
///
/// - `outcome` is "ok", "failed" (it has not happened and never will) or "unknown". What is unknown
///   may take effect at any time after its call, also after its return, or never.
/// - What never ended has no `return`, and is unknown. A `result` that is empty is left out.
/// - `events` are the numbers of the call and the result in the trace. They are in the order of the
///   run also where times are equal: who calls at once after a result calls at the same time.
namespace octet::trace {

constexpr int history_version = 1;

struct Operation {
  std::uint64_t call = 0;    // number of its event, from 1
  std::uint64_t result = 0;  // likewise; 0 when it never ended
};

/// In the order of their calls. A result without a call, and a second one, count for nothing.
std::vector<Operation> operations(const Trace& trace);

/// Number of the call that this event is the result of; 0 when it is none.
std::uint64_t call_of(const Trace& trace, std::uint64_t number);

void write_history(std::ostream& out, const Trace& trace);

}  // namespace octet::trace
