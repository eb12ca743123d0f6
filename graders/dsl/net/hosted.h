#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>

#include "graders/dsl/net/server_process.h"

namespace octet::grading {

/// What a test and the process of its server both see.
struct HostedState {
  static constexpr std::int64_t first_time = 3'600'000'000'000;  // one hour

  std::atomic<std::int64_t> clock = first_time;     // the hand of the server's Clock
  std::atomic<std::uint16_t> port = 0;              // not 0: it listens
  std::atomic<std::size_t> allocated = 0;           // as of the last look at the clock
  std::atomic<std::size_t> largest_allocation = 0;  // likewise
  std::atomic<bool> not_written = false;  // `message` names a place that a student left open
  std::atomic<bool> exited = false;       // somebody called exit()
  std::atomic<bool> finished = false;     // it ended as it should
  std::array<char, 2048> message = {};    // why it ended, when it could say so
};

/// Memory that stays shared across fork.
std::shared_ptr<HostedState> share_state();

/// What a test can ask a server's process for, one byte each; `ready` comes unasked.
enum Command : char { ready = 'r', look_at_clock = 'c', stop = 's' };

/// The whole life of a server's process, after the fork.
[[noreturn]] void host(const StartServer& start, HostedState& state, int control,
                       std::size_t memory_limit);

}  // namespace octet::grading
