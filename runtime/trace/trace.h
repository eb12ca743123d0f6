#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/trace/event.h"

namespace octet::trace {

/// A run to look at: what happened, and what is to be said about it.
struct Trace {
  std::string title = {};  // "Election.DeposedLeaderStepsDown"
  std::string world = {};  // "simulator", "search" or "tcp"
  std::uint64_t seed = 0;
  std::string violation = {};  // the property that does not hold, in a sentence; empty when all do
  std::vector<std::uint64_t> witnesses = {};  // numbers of the events that show it, from 1
  std::vector<std::string> plan = {};         // the faults of the run, in words
  std::string replay = {};                    // the command that runs it again
  std::vector<NodeId> nodes = {};
  std::vector<ClientId> clients = {};  // that have called
  Duration end{};
  Events events = {};

  bool operator==(const Trace&) const = default;
};

/// Sets, for every event, how many events of each node and client it may know of (its vector
/// clock): itself and all that happened before (Lamport 1978; Mattern 1989). What one learns of
/// another comes by messages and by causes: an input has the call as its cause, a result the emit.
/// One row for each event, one column for each of `trace.nodes`, then of `trace.clients`. Events
/// without a node, or of others, have a row of zeros.
std::vector<std::vector<std::uint32_t>> vector_clocks(const Trace& trace);

}  // namespace octet::trace
