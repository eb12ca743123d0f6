#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "runtime/node.h"

namespace octet::sim {

/// One thing that goes wrong, with its end: a crash with its restart, a partition with its healing.
/// Plain data, so that a run can be repeated with fewer of them.
struct Fault {
  enum class Kind : std::uint8_t {
    crash,      // of `node`, until its restart
    torn,       // the same, in a handler, after `amount` effects
    pause,      // of `node`
    cut,        // from `node` to `peer`
    partition,  // `group` on one side, everybody else on the other
    drift,      // `node`'s clocks run fast by `amount` millionths
    jump,       // `node`'s wall clock, by `amount` nanoseconds, and back
    slow_disk,  // `node`'s writes take `amount` nanoseconds
    lose,       // one message
    duplicate,  // one message
    delay,      // one message, by `amount` nanoseconds
  };

  Kind kind = Kind::crash;
  Duration at{};     // from here
  Duration until{};  // to here; never ends when it is not after `at`. Not of messages
  NodeId node = 0;   // of a message: its sender
  NodeId peer = 0;   // and its receiver
  std::vector<NodeId> group = {};
  std::int64_t amount = 0;
  std::uint64_t message = 0;  // its key: the network knows the message by it in every run
  std::string name = {};      // of the message, for people

  bool operator==(const Fault&) const = default;
};

using Plan = std::vector<Fault>;

/// "node 2 crashes at 1.5s and restarts at 3s".
std::string text_of(const Fault& fault);

constexpr bool is_of_message(const Fault& fault) {
  return fault.kind == Fault::Kind::lose || fault.kind == Fault::Kind::duplicate ||
         fault.kind == Fault::Kind::delay;
}

/// How a clock runs: "100000 millionths fast", "500000 millionths slow".
std::string speed_text(std::int64_t parts_per_million);

}  // namespace octet::sim
