#pragma once

#include "stage2-clocks-rpc/api/clocks.h"

namespace octet::clocks {

/// The clock of one process, after Fidge (1988) and Mattern (1989). It counts the events of every
/// process that this one has heard of, so that two stamps tell whether one event happened before
/// the other or neither did.
///
/// Pure: it sends nothing. Whoever sends a message puts the stamp of its tick() into it.
class VectorClock {
 public:
  /// Of a process that has done nothing yet. It need not know who else there is.
  explicit VectorClock(NodeId process);

  /// A step of this process, or the sending of a message: the stamp of this new event.
  VectorStamp tick();

  /// A message with this stamp has come, of any age: the stamp of the event of receiving it.
  VectorStamp receive(const VectorStamp& message);

 private:
  NodeId process_;
  VectorStamp seen_;
};

/// How the event of `left` lies to that of `right`: before it, after it, concurrent with it, or the
/// same event.
Order compare(const VectorStamp& left, const VectorStamp& right);

}  // namespace octet::clocks
