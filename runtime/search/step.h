#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "runtime/erase/bytes.h"
#include "runtime/node.h"

namespace octet::search {

/// One step of a run as plain data: what happens, to whom, and everything that the world decides in
/// it. The steps of a run, taken in order, give the same run again.
struct Step {
  enum class Kind : std::uint8_t { start, deliver, fire, input, crash, restart, lose };

  Kind kind = Kind::start;
  NodeId node = {};                             // to whom it happens; of a message, the receiver
  NodeId from = {};                             // of a message, the sender
  Bytes bytes = {};                             // the message, timer or input
  std::vector<std::uint64_t> choices = {};      // what ctx.choose() returned, in order
  std::optional<std::size_t> crash_after = {};  // so many effects, in the midst of the handler
  bool comes_again = false;                     // a copy of the message stays in flight
  bool is_answer = false;                       // of an input: the application's to an output

  bool operator==(const Step&) const = default;
};

}  // namespace octet::search
