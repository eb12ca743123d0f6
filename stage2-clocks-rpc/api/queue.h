#pragma once

#include <cstdint>
#include <string>
#include <variant>

#include "runtime/node.h"

/// A message queue on one machine, for consumers that may crash. What is received stays in the
/// queue, out of sight, until it is acknowledged; without that it comes back. The machine itself
/// may crash between any two effects, and has its disk then.
namespace octet::queue {

struct Config {
  Duration visible_after{};           // a delivery that nobody acknowledges is visible again
  std::uint32_t most_deliveries = 3;  // of one message; at least 1
  bool operator==(const Config&) const = default;
};

/// A tag is the application's, and comes back with the answer.
struct Enqueue {
  std::uint64_t tag = 0;
  std::string body;  // any bytes, also none
  bool operator==(const Enqueue&) const = default;
};

/// Answered at once, by one Delivery or Empty.
struct Receive {
  std::uint64_t tag = 0;
  bool operator==(const Receive&) const = default;
};

/// The work of one delivery is done. Has no answer.
struct Acknowledge {
  std::uint64_t receipt = 0;
  bool operator==(const Acknowledge&) const = default;
};

/// From here on no crash loses the message.
struct Accepted {
  std::uint64_t tag = 0;
  bool operator==(const Accepted&) const = default;
};

/// Of the visible messages, the one that was accepted first.
struct Delivery {
  std::uint64_t tag = 0;
  std::uint64_t receipt = 0;  // no two deliveries have the same, over all restarts
  std::string body;
  bool operator==(const Delivery&) const = default;
};

/// Nothing is visible now. What becomes visible later is for a later Receive.
struct Empty {
  std::uint64_t tag = 0;
  bool operator==(const Empty&) const = default;
};

/// Delivered as often as it may be, and never acknowledged: given up, and gone from the queue.
struct Dead {
  std::string body;
  bool operator==(const Dead&) const = default;
};

using Input = std::variant<Enqueue, Receive, Acknowledge>;
using Output = std::variant<Accepted, Delivery, Empty, Dead>;

}  // namespace octet::queue
