#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "runtime/clock.h"

/// A proxy between clients and a server that does to their connections what networks do.
namespace octet::chaos {

/// Up is from the client to the server, down is back.
enum class Direction { up, down };

/// A moment in the life of a connection, counted from its accept: after a time, or once so many
/// bytes were passed on (of one direction, or of both together), whichever comes first.
struct Moment {
  std::optional<Clock::duration> after = {};
  std::optional<std::uint64_t> bytes = {};
  std::optional<Direction> counted = {};

  bool operator==(const Moment&) const = default;
};

/// What to do to every connection. Faults combine.
struct Faults {
  // How bytes travel. Their order never changes.
  Clock::duration delay = {};
  Clock::duration jitter = {};  // each delay is drawn from delay - jitter ... delay + jitter
  std::size_t chunk = 0;        // written in pieces of at most this many bytes; 0: as they come
  Clock::duration gap = {};     // between two pieces
  std::uint64_t bandwidth = 0;  // bytes per second and direction; 0: no limit

  /// Holds bytes back until so many are there, or none came for a while; then writes them at once.
  struct Coalesce {
    std::size_t bytes = 0;
    Clock::duration quiet = {};

    bool operator==(const Coalesce&) const = default;
  };
  std::optional<Coalesce> coalesce = {};

  /// Nothing passes for a while, either way; afterwards everything does.
  struct Stall {
    Moment from;
    Clock::duration lasts = {};

    bool operator==(const Stall&) const = default;
  };
  std::optional<Stall> stall = {};

  // How connections end, or seem to live on.
  double refuse = 0;                     // share of connections that are reset at once
  double loss_of_connection = 0;         // share that is reset within its first 64 KiB
  std::optional<Moment> cut = {};        // both ends see an ordinary close
  std::optional<Moment> reset = {};      // both ends see a reset
  std::optional<Moment> blackhole = {};  // bytes vanish both ways, nobody is told

  /// One direction's bytes vanish; the other works.
  struct HalfOpen {
    Direction silent = Direction::up;
    Moment from;

    bool operator==(const HalfOpen&) const = default;
  };
  std::optional<HalfOpen> half_open = {};

  bool operator==(const Faults&) const = default;
};

/// One line for each fault, in words.
std::vector<std::string> describe(const Faults& faults);

std::string_view arrow(Direction direction);  // "client -> server"

}  // namespace octet::chaos
