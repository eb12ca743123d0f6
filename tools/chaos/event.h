#pragma once

#include <cstdint>
#include <functional>
#include <string>

#include "runtime/clock.h"

namespace octet::chaos {

/// One thing that happened to one connection.
struct Event {
  Clock::duration at = {};       // since the proxy started
  std::uint64_t connection = 0;  // 1, 2, 3 in the order of their accepts; 0: the proxy itself
  std::string what;
  std::uint64_t bytes = 0;
  bool is_error = false;  // no fault asked for it: the server cannot be reached
};

using OnEvent = std::function<void(const Event&)>;

/// "   1.250s  connection 3  client -> server: 17 bytes"
std::string to_line(const Event& event);

}  // namespace octet::chaos
