#pragma once

#include <cstdint>
#include <map>

#include "runtime/node.h"

/// The stamps that logical clocks put on events. An event is something that one process does: a
/// step of its own, the sending of a message, or the receiving of one. A message carries the stamp
/// of the event that sent it.
///
/// Event a *happened before* event b, a -> b, when both are of one process and a came first, or
/// when b received what a sent, or by way of events between them (Lamport 1978). Two events of
/// which neither happened before the other are *concurrent*.
///
/// All stamps are plain values, so a message can hold them and bytes can be made of them.
namespace octet::clocks {

/// Lamport (1978). The times of equal stamps are equal, and so are their processes.
struct LamportStamp {
  std::uint64_t time = 0;  // C of the paper
  NodeId process;          // whose event it is; decides between equal times
  bool operator==(const LamportStamp&) const = default;
};

}  // namespace octet::clocks
