#pragma once

#include "stage2-clocks-rpc/api/clocks.h"

namespace octet::clocks {

/// The clock of one process, after Lamport (1978), "Logical Clocks". It counts, so that an event
/// that happened before another has the smaller time. It says nothing about real time, and a
/// smaller time does not mean "happened before".
///
/// Pure: it sends nothing. Whoever sends a message puts the stamp of its tick() into it.
class LamportClock {
 public:
  /// Of a process that has done nothing yet.
  explicit LamportClock(NodeId process);

  /// A step of this process, or the sending of a message: the stamp of this new event.
  LamportStamp tick();

  /// A message with this stamp has come, of any age: the stamp of the event of receiving it.
  LamportStamp receive(const LamportStamp& message);

  /// A clock is a value: a node that holds one is copied and compared with it (2d).
  bool operator==(const LamportClock&) const = default;
  template <class Archive>
  void serialize(Archive& archive) {
    archive(process_, time_);
  }

 private:
  NodeId process_;
  std::uint64_t time_ = 0;  // of its last event
};

/// The total order of all events: every two different stamps have an earlier and a later one, the
/// same for whoever asks, and times never decrease along it ("Ordering the Events Totally").
bool comes_before(const LamportStamp& left, const LamportStamp& right);

}  // namespace octet::clocks
